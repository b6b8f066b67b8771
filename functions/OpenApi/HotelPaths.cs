using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>Hotels and bookings.</summary>
internal static class HotelPaths
{
    private const string Tag = "Hotels";

    private const string Bookings =
        """[{"bookingID": 7, "customerID": 412, "hotelID": 2, "stayBeginDate": "2027-03-04", "stayEndDate": "2027-03-07", "numberOfGuests": 2}]""";

    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSchema>("Hotel", Schema.Object(
            "A hotel of the group.",
            ("hotelID", Schema.WholeNumber("The number that bookings and maintenance requests refer to.")),
            ("hotelName", Schema.Text("Its full name.")),
            ("city", Schema.Text("The city it stands in.")),
            ("country", Schema.Text("The country it stands in."))));
        document.AddComponent<IOpenApiSchema>("Booking", Schema.Object(
            "A stay that a customer has booked.",
            ("bookingID", Schema.WholeNumber("The number of the booking.")),
            ("customerID", Schema.WholeNumber("The number of the customer who booked.")),
            ("hotelID", Schema.WholeNumber("The hotel.")),
            ("stayBeginDate", Schema.Text("The day of arrival.", "date")),
            ("stayEndDate", Schema.Text("The day of departure.", "date")),
            ("numberOfGuests", Schema.WholeNumber("How many people stay.", 1))));

        Operation.Add(document, Tag, HttpMethod.Get, "/Hotels", "GetHotels", "All hotels, by id")
            .Answer(
                200, "The hotels.", Schema.Array("All hotels.", new OpenApiSchemaReference("Hotel", document)),
                """[{"hotelID": 2, "hotelName": "The Grand Regency", "city": "Vienna", "country": "Austria"}]""")
            .Problem(503);
        AddBookings(document, "/Hotels/{hotelId}/Bookings", "GetBookingsForHotel", "A hotel's bookings in order of arrival")
            .Problem(404, 503);
        AddBookings(document, "/Hotels/{hotelId}/Bookings/{minDate}", "GetBookingsForHotelFrom", "A hotel's bookings from a day of arrival on")
            .Path("minDate", Schema.Text("The first day of arrival that counts.", "date"), "2027-03-01")
            .Problem(400, 404, 503);
    }

    private static Operation AddBookings(OpenApiDocument document, string path, string id, string summary) =>
        Operation.Add(document, Tag, HttpMethod.Get, path, id, summary)
            .Path("hotelId", Schema.WholeNumber("The hotel."), 2)
            .Answer(200, "The bookings.", Schema.Array("Bookings.", new OpenApiSchemaReference("Booking", document)), Bookings);
}
