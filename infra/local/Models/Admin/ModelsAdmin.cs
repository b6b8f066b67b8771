using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContosoSuites.Local.Models.Faults;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ContosoSuites.Local.Models.Admin;

/// <summary>
/// The way to watch simulated instances and to make them fail, on a port of its own: Azure has nothing like it, so it must
/// not be found where Azure's routes are.
/// </summary>
public sealed class ModelsAdmin : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ModelsAdmin(WebApplication app, Uri endpoint)
    {
        _app = app;
        Endpoint = endpoint;
    }

    /// <summary>Its root address; the routes begin at <c>instances</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts the admin server.</summary>
    /// <param name="instances">The instances it is for; their names must differ.</param>
    /// <param name="port">The port on the loopback address; 0 takes a free one.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The server, listening.</returns>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ModelsAdmin> StartAsync(
        IReadOnlyList<ModelInstance> instances, int port = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(instances);

        // Empty: neither the environment nor files nor the console decide anything here.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnerLifetime>();
        builder.Services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));

        WebApplication app = builder.Build();
        Map(app, instances.ToDictionary(instance => instance.Name, StringComparer.OrdinalIgnoreCase));
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        string address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new ModelsAdmin(app, new Uri(address));
    }

    /// <summary>Stops the server.</summary>
    /// <returns>A task that ends when the port is free.</returns>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        ModelFaultJson.Configure(options);
    }

    private static void Map(WebApplication app, Dictionary<string, ModelInstance> instances)
    {
        app.MapGet("/instances", () => TypedResults.Ok(instances.Values.Select(InstanceStatus.Of)));

        app.MapGet("/instances/{name}", Results<Ok<InstanceStatus>, ProblemHttpResult> (string name) =>
            instances.TryGetValue(name, out ModelInstance? instance)
                ? TypedResults.Ok(InstanceStatus.Of(instance))
                : NoSuchInstance(name, instances));

        app.MapPut("/instances/{name}/fault", async Task<Results<Ok<InstanceStatus>, ProblemHttpResult>> (string name, HttpRequest request) =>
            instances.TryGetValue(name, out ModelInstance? instance) ? await SetFaultAsync(instance, request) : NoSuchInstance(name, instances));

        app.MapDelete("/instances/{name}/fault", async Task<Results<Ok<InstanceStatus>, ProblemHttpResult>> (string name, CancellationToken ct) =>
        {
            if (!instances.TryGetValue(name, out ModelInstance? instance))
            {
                return NoSuchInstance(name, instances);
            }

            await instance.SetFaultAsync(null, ct);
            return TypedResults.Ok(InstanceStatus.Of(instance));
        });

        app.MapPost("/instances/{name}/counters/reset", Results<Ok<InstanceStatus>, ProblemHttpResult> (string name) =>
        {
            if (!instances.TryGetValue(name, out ModelInstance? instance))
            {
                return NoSuchInstance(name, instances);
            }

            instance.Counters.Reset();
            return TypedResults.Ok(InstanceStatus.Of(instance));
        });
    }

    private static async Task<Results<Ok<InstanceStatus>, ProblemHttpResult>> SetFaultAsync(ModelInstance instance, HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, "A fault is sent as application/json.");
        }

        try
        {
            ModelFault fault = await request.ReadFromJsonAsync<ModelFault>(request.HttpContext.RequestAborted)
                ?? throw new ArgumentException("The fault is null. To heal an instance, use DELETE.");
            await instance.SetFaultAsync(fault, request.HttpContext.RequestAborted);
            return TypedResults.Ok(InstanceStatus.Of(instance));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            return Problem(StatusCodes.Status400BadRequest, e.Message);
        }
    }

    private static ProblemHttpResult NoSuchInstance(string name, Dictionary<string, ModelInstance> instances) =>
        Problem(StatusCodes.Status404NotFound, $"There is no instance '{name}'. There are: {string.Join(", ", instances.Keys)}.");

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
