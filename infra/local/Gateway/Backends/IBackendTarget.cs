namespace ContosoSuites.Local.Gateway.Backends;

/// <summary>What set-backend-service can point to: a backend, or a pool of them.</summary>
internal interface IBackendTarget
{
    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The backend to ask next for a request that has asked <paramref name="tried"/> before; null when none may be asked.</summary>
    public Backend? Next(TriedBackends tried);
}
