using ContosoSuites.Functions;
using ContosoSuites.Functions.Chat;
using ContosoSuites.Functions.Distribution;
using ContosoSuites.Functions.Embeddings;
using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Health;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Http;
using ContosoSuites.Functions.Maintenance;
using ContosoSuites.Functions.OpenApi;
using ContosoSuites.Functions.Settings;
using ContosoSuites.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.SemanticKernel;

var builder = FunctionsApplication.CreateBuilder(args);
builder.UseMiddleware<CalledOffMiddleware>();
builder.ConfigureFunctionsWebApplication();

// The first is around the second: a problem tells which function had it, and an answer may call the model while it is written.
builder.UseMiddleware<ModelCallMiddleware>();
builder.UseMiddleware<ProblemDetailsMiddleware>();

// Whether the app is well can be asked however full it is.
builder.UseWhen<CapacityMiddleware>(context => context.FunctionDefinition.Name != HealthFunction.Name);

ApiManagementOptions apiManagement = builder.AddApiManagement();
AzureOpenAIOptions azureOpenAI = builder.AddAzureOpenAI();
builder.AddHttp();
builder.AddStorage();
builder.AddChat();
builder.AddEmbeddings();
builder.AddMaintenance();
builder.AddDistribution();
builder.AddHealth();
builder.AddOpenApi();
builder.AddTelemetry();
builder.ThrowIfSettingsAreWrong();

// Every chat and every embedding goes to API Management, with API Management's key. Which Azure OpenAI instance in which
// region answers is decided there: the kernel knows one endpoint and one key, and nothing else of the model side.
builder.Services.AddKernel()
    .AddAzureOpenAIChatClient(azureOpenAI.DeploymentName, apiManagement.Endpoint, apiManagement.ApiKey)
    .AddAzureOpenAIEmbeddingGenerator(azureOpenAI.EmbeddingDeploymentName, apiManagement.Endpoint, apiManagement.ApiKey)
    .AddHotels();

builder.Build().Run();
