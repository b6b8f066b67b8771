using System.ComponentModel.DataAnnotations;

namespace ContosoSuites.Functions.Settings;

/// <summary>The setting has to be a whole http or https address.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HttpAddressAttribute : ValidationAttribute
{
    /// <summary>Whether a text is one.</summary>
    public static bool IsHttpAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    /// <inheritdoc/>
    public override bool IsValid(object? value) => IsHttpAddress(value as string);
}
