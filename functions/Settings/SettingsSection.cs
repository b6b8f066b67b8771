using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace ContosoSuites.Functions.Settings;

/// <summary>Reads a section of the settings into an object, and tells everything that is wrong with it rather than the first thing.</summary>
/// <param name="section">The section.</param>
/// <param name="settings">The object: its properties are the settings, texts and whole numbers, with their defaults.</param>
internal sealed class SettingsSection(IConfigurationSection section, object settings)
{
    private readonly PropertyInfo[] _properties = [.. settings.GetType().GetProperties().Where(property => property.CanWrite)];

    /// <summary>Sets what is set, and returns what is wrong by the settings' names. No value is repeated that may be a secret.</summary>
    public IEnumerable<(string Name, string Wrong)> Read() => [.. ReadValues(), .. Validate(), .. FindUnknown()];

    private IEnumerable<(string Name, string Wrong)> ReadValues()
    {
        foreach (PropertyInfo property in _properties)
        {
            string? text = section[property.Name];
            if (text is null)
            {
                continue;
            }

            if (property.PropertyType == typeof(string))
            {
                property.SetValue(settings, text);
            }
            else if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number))
            {
                property.SetValue(settings, number);
            }
            else
            {
                string range = property.GetCustomAttribute<RangeAttribute>()?.ErrorMessage
                    ?? string.Create(CultureInfo.InvariantCulture, $"must be from {int.MinValue} to {int.MaxValue}.");
                bool isWholeNumber = BigInteger.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _);
                yield return (property.Name, isWholeNumber ? range : $"'{text}' is not a whole number. It {range}");
            }
        }
    }

    private IEnumerable<(string Name, string Wrong)> Validate()
    {
        var wrong = new List<ValidationResult>();
        foreach (PropertyInfo property in _properties)
        {
            Validator.TryValidateProperty(property.GetValue(settings), new ValidationContext(settings) { MemberName = property.Name }, wrong);
        }

        // Validator.TryValidateObject would not come to this when a property is wrong.
        if (settings is IValidatableObject whole)
        {
            wrong.AddRange(whole.Validate(new ValidationContext(settings)));
        }

        return wrong.Select(result => (result.MemberNames.Single(), result.ErrorMessage!));
    }

    private IEnumerable<(string Name, string Wrong)> FindUnknown()
    {
        string[] known = [.. _properties.Select(property => property.Name)];
        return section.AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Value is not null && !known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            .Select(setting => (setting.Key, $"is not known. The section has {string.Join(", ", known)}."));
    }
}
