using System.Diagnostics;

namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>A metric that waits for what a request has used.</summary>
/// <param name="Namespace">The metric's namespace.</param>
/// <param name="Dimensions">Its dimensions, as the request gave them.</param>
/// <param name="NamesBackend">Whether the backend is one more, which is only known with the response.</param>
internal sealed record TokenMetricUse(string Namespace, TagList Dimensions, bool NamesBackend);
