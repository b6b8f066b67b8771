namespace ContosoSuites.Local.Gateway.Tokens;

/// <summary>
/// What a streamed answer that does not tell its usage may have taken. API Management estimates then, in a way that is not
/// documented; here a token is four bytes of the request, and one event of the answer.
/// </summary>
internal static class TokenEstimate
{
    private const int BytesPerToken = 4;

    public static TokenUsage OfStream(int requestBytes, int events)
    {
        var prompt = (requestBytes + BytesPerToken - 1) / BytesPerToken;
        return new TokenUsage(prompt, events, prompt + events);
    }
}
