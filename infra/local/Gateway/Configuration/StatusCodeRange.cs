namespace ContosoSuites.Local.Gateway.Configuration;

/// <summary>Status codes from <paramref name="Min"/> to <paramref name="Max"/>, both included.</summary>
internal sealed record StatusCodeRange(int Min, int Max)
{
    public bool Contains(int statusCode) => statusCode >= Min && statusCode <= Max;
}
