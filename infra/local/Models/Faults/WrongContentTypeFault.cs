using ContosoSuites.Local.Models.Http;

namespace ContosoSuites.Local.Models.Faults;

/// <summary>Answers 200 with a web page, as a misconfigured proxy in between would.</summary>
public sealed record WrongContentTypeFault : ModelFault
{
    private static readonly byte[] Page = "<!doctype html><title>Maintenance</title><p>This page is not what you asked for.</p>\n"u8.ToArray();

    internal override async ValueTask<bool> TryAnswerAsync(ModelExchange exchange)
    {
        await exchange.SendAsync(StatusCodes.Status200OK, "text/html; charset=utf-8", Page);
        return true;
    }
}
