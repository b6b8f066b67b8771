using System.Globalization;
using System.Text.Json;

namespace ContosoSuites.Local.Cli.Verify;

/// <summary>What infra/models.json says of the models that are deployed.</summary>
internal static class DeployedModels
{
    private static readonly TimeSpan Notice = TimeSpan.FromDays(120);

    /// <summary>The file that Bicep deploys from.</summary>
    public static string File => Path.Combine(AppContext.BaseDirectory, "models.json");

    /// <summary>How many numbers an embedding has.</summary>
    public static int Dimensions(JsonElement models) => models.GetProperty("embedding").GetProperty("dimensions").GetInt32();

    /// <summary>A line for every model that retires soon, or has.</summary>
    public static IEnumerable<string> Retiring(JsonElement models, DateTimeOffset now) => models.EnumerateObject()
        .Select(model => (Name: model.Value.GetProperty("model").GetString(), Retires: DateOnly.ParseExact(model.Value.GetProperty("retires").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture)))
        .Select(model => (model.Name, model.Retires, Days: model.Retires.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber))
        .Where(model => model.Days < Notice.Days)
        .Select(model => string.Create(
            CultureInfo.InvariantCulture, $"The model {model.Name} retires on {model.Retires:yyyy-MM-dd}, {(model.Days < 0 ? $"{-model.Days} days ago" : $"in {model.Days} days")}: choose another in infra/models.json."));
}
