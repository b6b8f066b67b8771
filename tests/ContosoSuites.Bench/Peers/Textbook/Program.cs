using ContosoSuites.Bench.Peers;
using ContosoSuites.Functions.Chat;
using ContosoSuites.Functions.Hotels;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.SemanticKernel;

// The app as a textbook has it: the same packages, kernel, tools and messages, and nothing of problems, budgets or telemetry.
var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddSingleton<IHotelStore, FewHotels>();
builder.Services.AddKernel()
    .AddAzureOpenAIChatClient(Setting("AzureOpenAI:DeploymentName"), Setting("ApiManagement:Endpoint"), Setting("ApiManagement:ApiKey"))
    .AddHotels();
builder.Build().Run();

string Setting(string name) => builder.Configuration.GetValue<string>(name)!;

namespace ContosoSuites.Bench.Peers.Textbook
{
    /// <summary>What the app is held against under the same host.</summary>
    public sealed class TextbookFunctions(Kernel kernel)
    {
        private static readonly string Hotel = """{"hotelID":1,"hotelName":"A hotel of the usual size","city":"A city","country":"A country"}""";

        // As long as the answer of the app with its fourteen hotels.
        private static readonly string Constant = $"[{string.Join(',', Enumerable.Repeat(Hotel, 14))}]";

        /// <summary>One question, one answer.</summary>
        [Function("Chat")]
        public async Task<IResult> ChatAsync([HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request, CancellationToken cancellationToken)
        {
            Question? question = await request.ReadFromJsonAsync<Question>(cancellationToken);
            ChatResponse answer = await kernel.GetRequiredService<IChatClient>().GetResponseAsync(
                [new(ChatRole.System, ChatPersona.SystemMessage(DateTimeOffset.UtcNow)), new(ChatRole.User, question!.Message)],
                new ChatOptions { Tools = [.. kernel.Plugins.SelectMany(plugin => plugin.AsAIFunctions(kernel))] },
                cancellationToken);
            return Results.Text(answer.Text);
        }

        /// <summary>The least that a function can do: the limit of host and worker.</summary>
        [Function("Constant")]
        public static IResult Answer([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Results.Text(Constant, "application/json");

        internal sealed record Question(string Message);
    }
}
