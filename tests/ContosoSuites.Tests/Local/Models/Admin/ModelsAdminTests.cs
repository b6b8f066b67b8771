using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Admin;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Admin;

public sealed class ModelsAdminTests
{
    [Fact]
    public async Task Instances_are_listed_with_their_counters_and_fault()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        await using ModelsAdmin admin = await ModelsAdmin.StartAsync([model.Instance], cancellationToken: ModelHarness.Cancelled);
        using var client = new HttpClient { BaseAddress = admin.Endpoint };
        using HttpResponseMessage answer = await model.ChatAsync(ModelHarness.Greeting);

        JsonElement instance = Assert.Single(JsonElement.Parse(await client.GetStringAsync("instances", ModelHarness.Cancelled)).EnumerateArray());

        Assert.Equal("primary", instance.GetProperty("name").GetString());
        Assert.Equal("swedencentral", instance.GetProperty("region").GetString());
        Assert.Equal(model.Instance.Endpoint.ToString(), instance.GetProperty("endpoint").GetString());
        Assert.Equal(JsonValueKind.Null, instance.GetProperty("fault").ValueKind);
        JsonElement requests = Assert.Single(instance.GetProperty("counters").GetProperty("requests").EnumerateArray());
        Assert.Equal("""{"operation":"chatCompletions","status":200,"count":1}""", requests.GetRawText());
    }

    [Theory]
    [InlineData("""{"kind":"throttle","retryAfterSeconds":1.5,"requests":3}""")]
    [InlineData("""{"kind":"throttle"}""")]
    [InlineData("""{"retryAfterSeconds":2,"code":503,"kind":"status"}""")]
    [InlineData("""{"kind":"delayHeaders","delaySeconds":0.2}""")]
    [InlineData("""{"kind":"refuse"}""")]
    [InlineData("""{"kind":"reset"}""")]
    [InlineData("""{"kind":"stall","afterParts":2}""")]
    [InlineData("""{"kind":"cut"}""")]
    [InlineData("""{"kind":"malformedJson"}""")]
    [InlineData("""{"kind":"wrongContentType"}""")]
    [InlineData("""{"kind":"wrongTlsName"}""")]
    [InlineData("""{"kind":"answer","content":"We have","finishReason":"length"}""")]
    [InlineData("""{"kind":"errorEvent","code":"429","afterParts":2}""")]
    public async Task A_fault_is_set_shown_and_taken_away(string fault)
    {
        using ModelCertificates? certificates = fault.Contains("Tls", StringComparison.Ordinal) ? ModelCertificates.Create() : null;
        await using ModelHarness model = await ModelHarness.StartAsync(options => options with { Certificates = certificates });
        await using ModelsAdmin admin = await ModelsAdmin.StartAsync([model.Instance], cancellationToken: ModelHarness.Cancelled);
        using var client = new HttpClient { BaseAddress = admin.Endpoint };

        using HttpResponseMessage set = await PutAsync(client, "instances/primary/fault", fault);
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        JsonElement shown = JsonElement.Parse(await set.Content.ReadAsStringAsync(ModelHarness.Cancelled)).GetProperty("fault");
        foreach (JsonProperty property in JsonElement.Parse(fault).EnumerateObject())
        {
            Assert.Equal(property.Value.GetRawText(), shown.GetProperty(property.Name).GetRawText());
        }

        Assert.NotNull(model.Instance.Fault);
        using HttpResponseMessage healed = await client.DeleteAsync("instances/PRIMARY/fault", ModelHarness.Cancelled);
        Assert.Equal(HttpStatusCode.OK, healed.StatusCode);
        Assert.Null(model.Instance.Fault);
        if (certificates is null)
        {
            using HttpResponseMessage answer = await model.ChatAsync(ModelHarness.Greeting);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"kind":"earthquake"}""")]
    [InlineData("""{"kind":"status"}""")]
    [InlineData("""{"kind":"status","code":200}""")]
    [InlineData("""{"kind":"status","code":"many"}""")]
    [InlineData("""{"kind":"delayHeaders"}""")]
    [InlineData("""{"kind":"delayHeaders","delaySeconds":-1}""")]
    [InlineData("""{"kind":"delayHeaders","delaySeconds":1e300}""")]
    [InlineData("""{"kind":"throttle","retryAfter":3}""")]
    [InlineData("""{"kind":"reset","requests":0}""")]
    [InlineData("""{"kind":"wrongTlsName"}""")]
    public async Task A_fault_that_makes_no_sense_is_refused_with_a_reason(string fault)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        await using ModelsAdmin admin = await ModelsAdmin.StartAsync([model.Instance], cancellationToken: ModelHarness.Cancelled);
        using var client = new HttpClient { BaseAddress = admin.Endpoint };

        using HttpResponseMessage response = await PutAsync(client, "instances/primary/fault", fault);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(JsonElement.Parse(await response.Content.ReadAsStringAsync(ModelHarness.Cancelled)).GetProperty("detail").GetString()!);
        Assert.Null(model.Instance.Fault);
    }

    [Fact]
    public async Task An_unknown_instance_is_answered_with_those_there_are()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        await using ModelsAdmin admin = await ModelsAdmin.StartAsync([model.Instance], cancellationToken: ModelHarness.Cancelled);
        using var client = new HttpClient { BaseAddress = admin.Endpoint };

        HttpResponseMessage[] responses =
        [
            await client.GetAsync("instances/third", ModelHarness.Cancelled),
            await PutAsync(client, "instances/third/fault", """{"kind":"reset"}"""),
            await client.DeleteAsync("instances/third/fault", ModelHarness.Cancelled),
        ];

        foreach (HttpResponseMessage response in responses)
        {
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains("primary", await response.Content.ReadAsStringAsync(ModelHarness.Cancelled), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_fault_in_another_content_type_is_refused()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        await using ModelsAdmin admin = await ModelsAdmin.StartAsync([model.Instance], cancellationToken: ModelHarness.Cancelled);
        using var client = new HttpClient { BaseAddress = admin.Endpoint };

        using HttpResponseMessage response = await client.PutAsync(
            new Uri("instances/primary/fault", UriKind.Relative), new StringContent("reset"), ModelHarness.Cancelled);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_port_in_use_is_an_error_that_names_it()
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        int port = model.Instance.Endpoint.Port;

        var taken = await Assert.ThrowsAsync<IOException>(() => ModelsAdmin.StartAsync([model.Instance], port, ModelHarness.Cancelled));

        Assert.Contains($":{port}", taken.Message, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string path, string json) => client.PutAsync(
        new Uri(path, UriKind.Relative),
        new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        ModelHarness.Cancelled);
}
