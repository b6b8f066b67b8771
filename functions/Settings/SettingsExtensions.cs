using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ContosoSuites.Functions.Settings;

/// <summary>Reads the settings. What is wrong is collected, so that whoever sets the app up is told of all of it at once.</summary>
internal static class SettingsExtensions
{
    private const string WhereTheyStand =
        "The app can not start with its settings. They stand in local.settings.json next to host.json, or in the Function App's settings.";

    private static readonly object WrongSettings = new();

    /// <summary>Reads and validates a section and registers the result as a singleton.</summary>
    /// <typeparam name="T">The section's class, validated by its data annotations.</typeparam>
    /// <param name="builder">The app's builder.</param>
    /// <param name="section">The section's name, for instance <c>ApiManagement</c>.</param>
    /// <returns>The settings, right or wrong.</returns>
    public static T AddSettings<T>(this IHostApplicationBuilder builder, string section)
        where T : class, new()
    {
        var settings = new T();
        foreach ((string name, string wrong) in new SettingsSection(builder.Configuration.GetSection(section), settings).Read())
        {
            builder.AddWrongSetting($"{section}:{name}", wrong);
        }

        builder.Services.AddSingleton(settings);
        return settings;
    }

    /// <summary>Notes a wrong setting.</summary>
    /// <param name="builder">The app's builder.</param>
    /// <param name="name">The setting's name, with its section.</param>
    /// <param name="wrong">What is wrong with it and what to write instead, as a sentence that goes on from the name.</param>
    public static void AddWrongSetting(this IHostApplicationBuilder builder, string name, string wrong) =>
        builder.GetWrongSettings().Add($"Setting {name}: {wrong}");

    /// <summary>Ends the start if a setting is wrong. What can not be made of wrong settings is made after this.</summary>
    /// <exception cref="OptionsValidationException">One line for every setting that is missing or wrong, with its name.</exception>
    public static void ThrowIfSettingsAreWrong(this IHostApplicationBuilder builder)
    {
        if (builder.GetWrongSettings() is { Count: > 0 } wrong)
        {
            // As one text, since the exception would write several into one line.
            throw new OptionsValidationException(
                "Settings",
                typeof(IConfiguration),
                [string.Join(Environment.NewLine, [WhereTheyStand, .. wrong])]);
        }
    }

    private static List<string> GetWrongSettings(this IHostApplicationBuilder builder)
    {
        if (!builder.Properties.TryGetValue(WrongSettings, out object? wrong))
        {
            builder.Properties.Add(WrongSettings, wrong = new List<string>());
        }

        return (List<string>)wrong;
    }
}
