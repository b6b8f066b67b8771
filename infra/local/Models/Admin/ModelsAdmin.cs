using System.Text.Json;
using System.Text.Json.Serialization;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Local.Servers;

namespace ContosoSuites.Local.Models.Admin;

/// <summary>
/// The way to watch simulated instances and to make them fail, on a port of its own: Azure has nothing like it, so it must
/// not be found where Azure's routes are.
/// </summary>
public sealed class ModelsAdmin : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ModelsAdmin(WebApplication app) => _app = app;

    /// <summary>Its root address; the routes begin at <c>instances</c>.</summary>
    public Uri Endpoint => new(_app.Urls.Single());

    /// <summary>Starts the admin server of instances whose names differ. It listens when this returns.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ModelsAdmin> StartAsync(
        IReadOnlyList<ModelInstance> instances, int port = 0, CancellationToken cancellationToken = default)
    {
        WebApplicationBuilder builder = EmbeddedServer.CreateBuilder(port);
        builder.Services.ConfigureHttpJsonOptions(options =>
            ModelFaultJson.Configure(options.SerializerOptions).Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        return new ModelsAdmin(await builder.StartAsync(app => Map(app.MapGroup("/instances"), instances), cancellationToken));
    }

    /// <summary>Stops the server.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Map(RouteGroupBuilder routes, IReadOnlyList<ModelInstance> instances)
    {
        routes.MapGet("/", () => instances.Select(Show));
        routes.MapGet("/{name}", (string name) => OnAsync(name, _ => Task.CompletedTask));
        routes.MapPut("/{name}/fault", (string name, HttpRequest request) => OnAsync(name, instance => SetFaultAsync(instance, request)));
        routes.MapDelete("/{name}/fault", (string name, CancellationToken ct) => OnAsync(name, instance => instance.SetFaultAsync(null, ct)));

        async Task<IResult> OnAsync(string name, Func<ModelInstance, Task> act)
        {
            if (instances.FirstOrDefault(instance => instance.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } instance)
            {
                return TypedResults.Problem(
                    $"There is no instance '{name}'. There are: {string.Join(", ", instances.Select(other => other.Name))}.", statusCode: StatusCodes.Status404NotFound);
            }

            try
            {
                await act(instance);
                return TypedResults.Ok(Show(instance));
            }
            catch (BadHttpRequestException e)
            {
                return TypedResults.Problem(e.Message, statusCode: e.StatusCode);
            }
            catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
            {
                return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status400BadRequest);
            }
        }
    }

    private static object Show(ModelInstance instance) =>
        new { instance.Name, instance.Region, instance.Endpoint, instance.Fault, Counters = instance.Counters.Snapshot() };

    private static async Task SetFaultAsync(ModelInstance instance, HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("A fault is sent as application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        ModelFault fault = await request.ReadFromJsonAsync<ModelFault>(request.HttpContext.RequestAborted)
            ?? throw new ArgumentException("The fault is null. To heal an instance, use DELETE.");
        await instance.SetFaultAsync(fault, request.HttpContext.RequestAborted);
    }
}
