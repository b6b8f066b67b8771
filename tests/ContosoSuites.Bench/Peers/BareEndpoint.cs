using System.Globalization;
using ContosoSuites.Bench.Processes;
using ContosoSuites.Functions.Chat;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Local.Gateway;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace ContosoSuites.Bench.Peers;

/// <summary>
/// A chat as a bare ASP.NET Core endpoint with the same kernel, as the Web API had it that the app replaces: no host before it,
/// and no worker. It runs in a process of its own, which is this program again.
/// </summary>
internal static class BareEndpoint
{
    /// <summary>The argument with which this program is the endpoint.</summary>
    public const string Command = "bare-endpoint";

    /// <summary>Starts a process with the endpoint.</summary>
    /// <param name="folder">Where what it prints is kept.</param>
    /// <param name="gateway">The gateway's root.</param>
    public static async Task<(ChildProcess Process, Uri Chat)> StartAsync(BenchFolder folder, Uri gateway)
    {
        int port = ChildProcess.FreePort();
        string address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        ChildProcess process = await ChildProcess.StartServerAsync(
            port, folder.File($"{Command}.out"), "dotnet", "exec", typeof(BareEndpoint).Assembly.Location, Command, address, gateway.AbsoluteUri);
        return (process, new Uri($"{address}/api/Chat"));
    }

    /// <summary>Is the endpoint, until the process is ended.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="gateway">The gateway's root.</param>
    public static async Task RunAsync(string address, string gateway)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        // As deployed: a logger is there, so requests have activities and model calls carry traceparent, as the function's do.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(address);
        builder.Services.AddSingleton<IHotelStore, FewHotels>();
        builder.Services.AddKernel()
            .AddAzureOpenAIChatClient(BenchSystem.ChatDeployment, gateway, GatewaySubscription.LocalKey)
            .AddHotels();
        WebApplication app = builder.Build();
        app.MapPost("/api/Chat", async (Question question, Kernel kernel, CancellationToken cancellationToken) =>
        {
            ChatResponse answer = await kernel.GetRequiredService<IChatClient>().GetResponseAsync(
                [new(ChatRole.System, ChatPersona.SystemMessage(DateTimeOffset.UtcNow)), new(ChatRole.User, question.Message)],
                new ChatOptions { Tools = [.. kernel.Plugins.SelectMany(plugin => plugin.AsAIFunctions(kernel))] },
                cancellationToken);
            return Results.Text(answer.Text);
        });
        await app.RunAsync();
    }

    internal sealed record Question(string Message);
}
