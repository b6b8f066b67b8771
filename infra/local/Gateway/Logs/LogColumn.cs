namespace ContosoSuites.Local.Gateway.Logs;

/// <summary>A column of a log table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Bind">Puts a row's value into the insert; once for every row.</param>
internal sealed record LogColumn<TRow>(string Name, LogType Type, Action<TRow, RowInsert> Bind);
