using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ContosoSuites.Functions.Settings;

/// <summary>Reads a section of the settings, and stops the start with the names of the settings that are wrong.</summary>
internal static class SettingsExtensions
{
    /// <summary>Binds and validates a section and registers the result as a singleton.</summary>
    /// <typeparam name="T">The section's class, validated by its data annotations.</typeparam>
    /// <param name="builder">The app's builder.</param>
    /// <param name="section">The section's name, for instance <c>ApiManagement</c>.</param>
    /// <returns>The validated settings.</returns>
    /// <exception cref="OptionsValidationException">One line for every setting that is missing or wrong, with its name.</exception>
    public static T AddSettings<T>(this IHostApplicationBuilder builder, string section)
        where T : class, new()
    {
        T settings = Read<T>(builder.Configuration, section);
        builder.Services.AddSingleton(settings);
        return settings;
    }

    private static T Read<T>(IConfiguration configuration, string section)
        where T : class, new()
    {
        var settings = new T();
        try
        {
            configuration.GetSection(section).Bind(settings);
        }
        catch (InvalidOperationException e)
        {
            // The binder names the setting and the type it wants.
            throw new OptionsValidationException(section, typeof(T), [e.Message]);
        }

        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(settings, new ValidationContext(settings), wrong, validateAllProperties: true))
        {
            throw new OptionsValidationException(section, typeof(T), wrong.Select(w => Describe(section, w)));
        }

        return settings;
    }

    private static string Describe(string section, ValidationResult wrong) =>
        $"Setting {string.Join(", ", wrong.MemberNames.Select(m => $"{section}:{m}"))}: {wrong.ErrorMessage} "
        + "Set it in local.settings.json next to host.json, or in the Function App's settings.";
}
