namespace ContosoSuites.Local.Gateway.Expressions.Context;

/// <summary>A user, as policy expressions see one.</summary>
public interface IUser
{
    /// <summary>The address.</summary>
    public string Email { get; }

    /// <summary>The first name.</summary>
    public string FirstName { get; }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The last name.</summary>
    public string LastName { get; }
}
