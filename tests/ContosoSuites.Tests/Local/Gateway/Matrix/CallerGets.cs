namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>What the caller gets of a failing instance.</summary>
/// <param name="Text">As the matrix words it.</param>
/// <param name="WhenAllFail">The code when every instance fails with one code; null where no response came of them.</param>
/// <param name="IsGatewaysOwn">Whether that answer is in the gateway's words, which name no instance.</param>
internal sealed record CallerGets(string Text, Func<int?, int> WhenAllFail, bool IsGatewaysOwn)
{
    public static CallerGets AsIs { get; } = new("as is", code => code!.Value, IsGatewaysOwn: false);

    public static CallerGets AsIsAtOnce { get; } = AsIs with { Text = "as is, one attempt" };

    public static CallerGets CureOrConflict { get; } = new("200, or 409 when all fail", _ => 409, IsGatewaysOwn: false);

    public static CallerGets CureOrSame { get; } = new("200, or the same code when all fail", code => code!.Value, IsGatewaysOwn: true);

    public static CallerGets CureOrThrottling { get; } = new("200; when all throttle, 429 with the soonest Retry-After of any", _ => 429, IsGatewaysOwn: true);

    public static CallerGets CureOrUnavailable { get; } = new("200, or 503 that names no backend", _ => 503, IsGatewaysOwn: true);

    public static CallerGets Nothing { get; } = new("nothing: the backend call is cancelled", _ => 499, IsGatewaysOwn: true);
}
