namespace ContosoSuites.Local.Logs;

/// <summary>A query of infra/queries.</summary>
/// <param name="Name">Its file's name.</param>
/// <param name="Text">Its KQL, as it is deployed.</param>
/// <param name="Sql">What stands for it in SQLite. A column's name and Kusto type are its alias: <c>Requests:long</c>.</param>
internal sealed record LogQuery(string Name, QueryText Text, string Sql);
