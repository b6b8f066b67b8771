namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>An error, as policy expressions in the on-error section see it.</summary>
public interface ILastError
{
    /// <summary>The element, or the built-in step, where it occurred.</summary>
    public string Source { get; }

    /// <summary>The machine's word for it.</summary>
    public string Reason { get; }

    /// <summary>The description for a person.</summary>
    public string Message { get; }

    /// <summary>The scope of the policy: <c>api</c>, as there is no other here.</summary>
    public string Scope { get; }

    /// <summary>The section where it occurred, or null for a built-in step.</summary>
    public string? Section { get; }

    /// <summary>Where in the section the element stands, e.g. <c>retry[1]/forward-request[1]</c>.</summary>
    public string? Path { get; }

    /// <summary>The element's <c>id</c> attribute.</summary>
    public string? PolicyId { get; }
}
