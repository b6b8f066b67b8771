using ContosoSuites.Functions.Gateway;
using ContosoSuites.Functions.Maintenance;
using Microsoft.OpenApi;

namespace ContosoSuites.Functions.OpenApi;

/// <summary>Maintenance requests.</summary>
internal static class MaintenancePaths
{
    private const string Tag = "Maintenance requests";
    private const string Path = "/MaintenanceRequests";
    private const string Id = "019ba40e-ec00-76a0-838c-acb4e355eec8";

    private const string Stored =
        $$"""
        {
          "id": "{{Id}}", "hotel_id": 2, "hotel": "The Grand Regency", "source": "customer", "date": "2027-03-01T12:00:00+00:00",
          "details": "The microwave is not working.", "room_number": "205", "embedded": true
        }
        """;

    public static void AddTo(OpenApiDocument document, MaintenanceSettings settings)
    {
        document.AddComponent<IOpenApiSchema>("MaintenanceRequest", Schema.Object(
            "A stored report of something that needs repair.",
            ("id", Schema.Text("Identifies it. Ids sort by the time of storing.")),
            ("hotel_id", Schema.WholeNumber("The hotel it is about.")),
            ("hotel", Schema.Text("That hotel's name.")),
            ("source", Source),
            ("date", Schema.Text("When it was reported, in UTC.", "date-time")),
            ("details", Schema.Text("What is wrong, in the reporter's words.")),
            ("room_number", Schema.Text("The room, where it is about one.").Optional),
            ("location", Schema.Text("The place, where it is not about a room, or more exactly within it.").Optional),
            ("embedded", Schema.Flag("Whether vector search can find it yet."))));
        document.AddComponent<IOpenApiSchema>("NewMaintenanceRequest", Schema.Object(
            "A report to store.",
            ("hotel_id", Schema.WholeNumber("The hotel it is about.")),
            ("hotel", Schema.Text("That hotel's name; optional, and right when given.").OrNull().Optional),
            ("source", Source),
            ("details", Schema.Text("What is wrong.", maxLength: settings.MaxDetailsLength)),
            ("date", Schema.Text("When it was reported; now when absent. Without an offset it is in UTC.", "date-time").OrNull().Optional),
            ("room_number", Room.OrNull().Optional),
            ("location", Schema.Text("The place.", maxLength: RequestValidation.MaxPlaceLength).OrNull().Optional)));

        Create(document);
        List(document);
        Operation.Add(document, Tag, HttpMethod.Get, $"{Path}/{{id}}", "GetMaintenanceRequest", "One maintenance request")
            .Path("id", Schema.Text("The request's id."), Id)
            .Answer(200, "The request.", new OpenApiSchemaReference("MaintenanceRequest", document), Stored)
            .Problem(404, 503);
    }

    private static Schema.Property Source => Schema.Text("Who reported it.", values: RequestSource.All);

    private static Schema.Property Room => new(new OpenApiSchema
    {
        Type = JsonSchemaType.String | JsonSchemaType.Integer,
        Description = "The room, as text or as a whole number.",
        MaxLength = RequestValidation.MaxPlaceLength,
    });

    private static void Create(OpenApiDocument document) =>
        Operation.Add(
                document, Tag, HttpMethod.Post, Path, "CreateMaintenanceRequest", "Report something that needs repair",
                "The request is on disk before the answer says so. Vector search finds it as soon as it is embedded, mostly at once.")
            .Header(
                IdempotencyKey.Header,
                Schema.Text("Names the request: sent again with the same key it is stored once.", maxLength: IdempotencyKey.MaxLength).Optional,
                "5d0c1b7e-8a52-4a0f-b8e3-6f0a9f6c2d11")
            .Body(
                "application/json", new OpenApiSchemaReference("NewMaintenanceRequest", document),
                """{"hotel_id": 2, "source": "customer", "details": "The microwave is not working.", "room_number": "205"}""")
            .Answer(
                201, "It is stored.", new OpenApiSchemaReference("MaintenanceRequest", document), Stored,
                ("Location", ResponseHeaders.Location), (ModelCallMiddleware.ServedByHeader, ResponseHeaders.ServedBy))
            .Answer(
                200, "It was stored before with the same Idempotency-Key.", new OpenApiSchemaReference("MaintenanceRequest", document), Stored,
                (ModelCallMiddleware.ServedByHeader, ResponseHeaders.ServedBy))
            .Problem(400, 408, 413, 415, 422, 503);

    private static void List(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSchema>("MaintenanceRequestPage", Schema.Object(
            "A page of requests.",
            ("items", Schema.List("The requests, newest first.", new OpenApiSchemaReference("MaintenanceRequest", document))),
            ("continuation_token", Schema.Text("Asks for the next page; null on the last one.").OrNull())));
        Operation.Add(
                document, Tag, HttpMethod.Get, Path, "ListMaintenanceRequests", "Maintenance requests, newest first",
                "Paging is stable: what is stored meanwhile neither repeats nor hides a request.")
            .Query("hotel_id", Schema.WholeNumber("Only those about this hotel.").Optional)
            .Query("source", Source.Optional)
            .Query("since", Schema.Text("Only those reported at this time or later: a day or a moment, in UTC without an offset.").Optional, "2026-11-01")
            .Query(
                "page_size",
                Schema.WholeNumber(
                    "How many a page holds.", 1, ListMaintenanceRequestsFunction.MaxPageSize, ListMaintenanceRequestsFunction.DefaultPageSize).Optional)
            .Query("continuation_token", Schema.Text("From the page before; send the same filters with it.").Optional)
            .Answer(
                200, "A page.", new OpenApiSchemaReference("MaintenanceRequestPage", document),
                $$"""{"items": [{{Stored}}], "continuation_token": null}""", ("Link", ResponseHeaders.Link))
            .Problem(400, 503);
    }
}
