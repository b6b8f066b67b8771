using ContosoSuites.Functions.Hotels;

namespace ContosoSuites.Bench.Peers;

/// <summary>Hotels for peers that offer the model the app's tools: the question that is measured needs none of them.</summary>
internal sealed class FewHotels : IHotelStore
{
    private static readonly Hotel[] Hotels = [new(1, "A hotel", "A city", "A country")];

    public Task<IReadOnlyList<Hotel>> GetHotelsAsync(CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<Hotel>>(Hotels);

    public Task<Hotel?> GetHotelAsync(int hotelId, CancellationToken cancellationToken = default) =>
        Task.FromResult(Array.Find(Hotels, hotel => hotel.HotelId == hotelId));

    public Task<IReadOnlyList<Booking>> GetBookingsAsync(int hotelId, DateOnly? minimumDate = null, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<Booking>>([]);
}
