namespace ContosoSuites.Local.Models.Chat;

/// <summary>Who a message is from.</summary>
internal enum ChatRole
{
    /// <summary>Instructions, from the application; <c>developer</c> on the wire means the same.</summary>
    System,

    /// <summary>The person.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,

    /// <summary>The result of a call that the model asked for.</summary>
    Tool,
}
