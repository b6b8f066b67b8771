using System.Globalization;
using ContosoSuites.Functions.Hotels;
using ContosoSuites.Functions.Http;

namespace ContosoSuites.Functions.Maintenance;

/// <summary>What has to be true of a maintenance request, whoever writes it: a caller of the API or a model.</summary>
/// <param name="hotels">Knows the hotels.</param>
/// <param name="settings">Section <c>Maintenance</c>.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class RequestValidation(IHotelStore hotels, MaintenanceSettings settings, TimeProvider timeProvider)
{
    /// <summary>The longest room number or location.</summary>
    public const int MaxPlaceLength = 100;

    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The request to store, or what is wrong with it, all of it at once.</summary>
    public async Task<(NewMaintenanceRequest? Request, IReadOnlyList<string> Errors)> CheckAsync(RequestFields fields, CancellationToken cancellationToken)
    {
        var errors = new List<string>();
        Hotel? hotel = fields.HotelId is { } id ? await hotels.GetHotelAsync(id, cancellationToken) : null;
        if (fields.HotelId is null)
        {
            errors.Add("hotel_id is missing; GET Hotels lists the hotels.");
        }
        else if (hotel is null)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"hotel_id {fields.HotelId} is no hotel; GET Hotels lists them."));
        }
        else if (fields.Hotel is not null && !string.Equals(fields.Hotel.Trim(), hotel.HotelName, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add($"hotel is not the name of hotel {hotel.HotelId}, which is {hotel.HotelName}; leave it out or correct it.");
        }

        string? source = RequestSource.Parse(fields.Source);
        if (source is null)
        {
            errors.Add($"source has to be one of {string.Join(", ", RequestSource.All)}.");
        }

        string? details = Clean(fields.Details);
        if (details is null)
        {
            errors.Add("details is missing: say what is wrong.");
        }
        else if (details.Length > settings.MaxDetailsLength)
        {
            errors.Add($"details has {details.Length} characters; at most {settings.MaxDetailsLength} are accepted (setting Maintenance:MaxDetailsLength).");
        }
        else if (details.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
        {
            errors.Add("details has control characters other than line breaks and tabs.");
        }

        string? room = CheckPlace("room_number", fields.RoomNumber, errors);
        string? location = CheckPlace("location", fields.Location, errors);
        if (fields.Date > timeProvider.GetUtcNow().AddDays(1))
        {
            errors.Add($"date is in the future: it is when the report was made, in {IsoTime.Expected}.");
        }
        else if (fields.Date < First)
        {
            errors.Add($"date is before the year {First.Year}: it is when the report was made, in {IsoTime.Expected}.");
        }

        return errors.Count > 0
            ? (null, errors)
            : (new NewMaintenanceRequest
            {
                HotelId = hotel!.HotelId,
                Hotel = hotel.HotelName,
                Source = source!,
                Details = details!,
                Date = fields.Date,
                RoomNumber = room,
                Location = location,
            }, errors);
    }

    private static string? CheckPlace(string name, string? value, List<string> errors)
    {
        string? place = Clean(value);
        if (place is null && !string.IsNullOrWhiteSpace(value))
        {
            errors.Add($"{name} has nothing that can be seen.");
        }
        else if (place?.Length > MaxPlaceLength)
        {
            errors.Add($"{name} has {place.Length} characters; at most {MaxPlaceLength} are accepted.");
        }
        else if (place?.Any(char.IsControl) == true)
        {
            errors.Add($"{name} has control characters.");
        }

        return place;
    }

    /// <summary>Without blanks around it; null when nothing is left that could be seen.</summary>
    private static string? Clean(string? text) => VisibleText.IsIn(text) ? text!.Trim() : null;
}
