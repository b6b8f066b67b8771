using System.Globalization;

namespace ContosoSuites.Functions.Storage;

/// <summary>A maintenance request names a hotel that does not exist.</summary>
public sealed class UnknownHotelException : Exception
{
    /// <summary>Creates the exception.</summary>
    public UnknownHotelException(int hotelId, Exception? innerException = null)
        : base(string.Create(CultureInfo.InvariantCulture, $"There is no hotel with id {hotelId}."), innerException) => HotelId = hotelId;

    /// <summary>The id that no hotel has.</summary>
    public int HotelId { get; }
}
