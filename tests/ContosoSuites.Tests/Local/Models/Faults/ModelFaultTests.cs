using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using ContosoSuites.Local.Models;
using ContosoSuites.Local.Models.Faults;
using ContosoSuites.Tests.Local.Host;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Models.Faults;

public sealed class ModelFaultTests
{
    /// <summary>The three kinds of call that every fault is crossed with.</summary>
    public static TheoryData<string, string> Calls { get; } = new()
    {
        { ModelHarness.ChatPath, ModelHarness.Greeting },
        { ModelHarness.ChatPath, ModelHarness.StreamedGreeting },
        { ModelHarness.EmbeddingPath, ModelHarness.OneInput },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Throttle_answers_429_with_the_wait(string path, string body)
    {
        await using ModelHarness model = await FailingAsync(new ThrottleFault(TimeSpan.FromMilliseconds(1500)));

        using HttpResponseMessage response = await model.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("2", Assert.Single(response.Headers.GetValues("retry-after")));
        Assert.Equal("1500", Assert.Single(response.Headers.GetValues("retry-after-ms")));
        Assert.Equal("swedencentral", Assert.Single(response.Headers.GetValues("x-ms-region")));
        Assert.Equal("429", (await ModelHarness.ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Status_answers_what_it_was_told(string path, string body)
    {
        await using ModelHarness model = await FailingAsync(new StatusFault(503));

        using HttpResponseMessage response = await model.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.False(response.Headers.Contains("retry-after"));
        Assert.Equal("ServiceUnavailable", (await ModelHarness.ErrorAsync(response)).GetProperty("code").GetString());

        await model.Instance.SetFaultAsync(new StatusFault(499, TimeSpan.FromSeconds(3)), ModelHarness.Cancelled);
        using HttpResponseMessage other = await model.PostAsync(path, body);
        Assert.Equal(499, (int)other.StatusCode);
        Assert.Equal("3", Assert.Single(other.Headers.GetValues("retry-after")));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Delay_holds_the_headers_back_and_then_answers_well(string path, string body)
    {
        var time = new FakeTimeProvider();
        await using ModelHarness model = await FailingAsync(new DelayHeadersFault(TimeSpan.FromMinutes(5)), time);

        Task<HttpResponseMessage> call = model.PostAsync(path, body);
        await Wait.For(model.Instance.Counters.WaitForAsync(counters => counters.InFlight == 1, ModelHarness.Cancelled));
        Assert.False(call.IsCompleted);
        DateTimeOffset start = time.GetUtcNow();
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        using HttpResponseMessage response = await call;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(time.GetUtcNow() - start >= TimeSpan.FromMinutes(5));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_caller_that_gives_up_waiting_is_noticed(string path, string body)
    {
        await using ModelHarness model = await FailingAsync(new DelayHeadersFault(TimeSpan.FromHours(1)));
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(ModelHarness.Cancelled);

        Task<HttpResponseMessage> call = model.Client.PostAsync(
            path, new StringContent(body, Encoding.UTF8, "application/json"), giveUp.Token);
        await Wait.For(model.Instance.Counters.WaitForAsync(counters => counters.InFlight == 1, ModelHarness.Cancelled));
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Wait.For(model.Instance.Counters.WaitForAsync(counters => counters is { Disconnects: 1, InFlight: 0 }, ModelHarness.Cancelled));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Refuse_closes_the_port_and_healing_opens_the_same_one(string path, string body)
    {
        await using ModelHarness model = await ModelHarness.StartAsync();
        Uri endpoint = model.Instance.Endpoint;
        using (await model.PostAsync(path, body))
        {
            // A connection that stays open in the client's pool must not survive either.
        }

        await model.Instance.SetFaultAsync(new RefuseFault(), ModelHarness.Cancelled);
        for (int attempt = 0; attempt < 3; attempt++)
        {
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => model.PostAsync(path, body));
            Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(refused.InnerException).SocketErrorCode);
        }

        await model.Instance.SetFaultAsync(null, ModelHarness.Cancelled);
        Assert.Equal(endpoint, model.Instance.Endpoint);
        using HttpResponseMessage response = await model.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, model.Instance.Counters.Snapshot().Count());
    }

    [Fact]
    public async Task Refuse_drops_the_calls_in_flight_without_blaming_the_caller()
    {
        await using ModelHarness model = await FailingAsync(new DelayHeadersFault(TimeSpan.FromHours(1)));
        Task<HttpResponseMessage> call = model.ChatAsync(ModelHarness.Greeting);
        await Wait.For(model.Instance.Counters.WaitForAsync(counters => counters.InFlight == 1, ModelHarness.Cancelled));

        await model.Instance.SetFaultAsync(new RefuseFault(), ModelHarness.Cancelled);

        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        ModelCountersSnapshot counters = await Wait.For(model.Instance.Counters.WaitForAsync(counters => counters.InFlight == 0, ModelHarness.Cancelled));
        Assert.Equal(0, counters.Disconnects);
        Assert.Equal(1, counters.Count(ModelOperation.ChatCompletions, ModelCounters.ConnectionDropped));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Wrong_TLS_name_differs_from_a_good_certificate_in_the_name_alone(string path, string body)
    {
        using var certificates = ModelCertificates.Create();
        await using ModelHarness model = await ModelHarness.StartAsync(options => options with { Certificates = certificates });
        Uri endpoint = model.Instance.Endpoint;
        var errors = new List<SslPolicyErrors>();
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions =
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { certificates.Authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
                RemoteCertificateValidationCallback = (_, _, _, error) =>
                {
                    errors.Add(error);
                    return error == SslPolicyErrors.None;
                },
            },
        });
        client.DefaultRequestHeaders.Add("api-key", "secret");
        async Task<HttpStatusCode> CallAsync()
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync(new Uri(endpoint, path), content, ModelHarness.Cancelled);
            return response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await CallAsync());

        // A connection that is open in the client's pool must not survive.
        await model.Instance.SetFaultAsync(new WrongTlsNameFault(), ModelHarness.Cancelled);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(CallAsync);
        Assert.Equal(HttpRequestError.SecureConnectionError, refused.HttpRequestError);

        await model.Instance.SetFaultAsync(null, ModelHarness.Cancelled);
        Assert.Equal(HttpStatusCode.OK, await CallAsync());
        Assert.Equal([SslPolicyErrors.None, SslPolicyErrors.RemoteCertificateNameMismatch, SslPolicyErrors.None], errors);
        Assert.Equal(endpoint, model.Instance.Endpoint);
        Assert.Equal(2, model.Instance.Counters.Snapshot().Count());
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Reset_drops_the_connection_before_an_answer(string path, string body)
    {
        await using ModelHarness model = await FailingAsync(new ResetFault());

        var reset = await Assert.ThrowsAsync<HttpRequestException>(() => model.PostAsync(path, body));

        Assert.Equal(HttpRequestError.Unknown, reset.HttpRequestError);
        Assert.Contains(Inner(reset).OfType<SocketException>(), e => e.SocketErrorCode == SocketError.ConnectionReset);
        ModelCountersSnapshot counters = await Wait.For(model.Instance.Counters.WaitForAsync(counters => counters.InFlight == 0, ModelHarness.Cancelled));
        Assert.Equal(1, counters.Count(status: ModelCounters.ConnectionDropped));
        Assert.Equal(0, counters.Disconnects);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Cut_ends_a_good_answer_in_its_middle(string path, string body)
    {
        await using ModelHarness model = await FailingAsync(new CutFault(2));

        using HttpResponseMessage response = await model.PostAsync(path, body, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        (string received, Exception? end) = await ReadToEndAsync(response);

        Assert.Equal(HttpRequestError.ResponseEnded, Assert.IsType<HttpIOException>(end).HttpRequestError);
        Assert.NotEmpty(received);
        if (body == ModelHarness.StreamedGreeting)
        {
            Assert.Equal(2, received.Split("data: ").Length - 1);
        }

        ModelCountersSnapshot counters = await Wait.For(model.Instance.Counters.WaitForAsync(counters => counters.InFlight == 0, ModelHarness.Cancelled));
        Assert.Equal((0, 0), (counters.PromptTokens, counters.Disconnects));
        Assert.Equal(1, counters.Count(status: ModelCounters.ConnectionDropped));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Stall_sends_a_beginning_and_then_nothing(string path, string body)
    {
        var time = new FakeTimeProvider();
        await using ModelHarness model = await FailingAsync(new StallFault(2), time);

        using HttpResponseMessage response = await model.PostAsync(path, body, HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await response.Content.ReadAsStreamAsync(ModelHarness.Cancelled);
        var buffer = new byte[64];
        Assert.True(await stream.ReadAsync(buffer, ModelHarness.Cancelled) > 0);
        Task rest = stream.CopyToAsync(Stream.Null, ModelHarness.Cancelled);
        time.Advance(TimeSpan.FromDays(1));
        Assert.False(rest.IsCompleted);
        Assert.Equal(1, model.Instance.Counters.Snapshot().InFlight);

        response.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => rest);
        await Wait.For(model.Instance.Counters.WaitForAsync(counters => counters is { Disconnects: 1, InFlight: 0 }, ModelHarness.Cancelled));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Malformed_JSON_comes_as_a_whole_answer_with_the_right_content_type(string path, string body)
    {
        await using ModelHarness model = await FailingAsync(new MalformedJsonFault());

        using HttpResponseMessage response = await model.PostAsync(path, body);
        string text = await response.Content.ReadAsStringAsync(ModelHarness.Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        bool streamed = body == ModelHarness.StreamedGreeting;
        Assert.Equal(streamed ? "text/event-stream" : "application/json", response.Content.Headers.ContentType?.MediaType);
        string json = streamed ? text.Split("\n\n")[1]["data: ".Length..] : text;
        Assert.StartsWith("{", json, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonElement.Parse(json));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Wrong_content_type_answers_with_a_page(string path, string body)
    {
        await using ModelHarness model = await FailingAsync(new WrongContentTypeFault());

        using HttpResponseMessage response = await model.PostAsync(path, body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_fault_for_some_requests_heals_by_itself()
    {
        await using ModelHarness model = await FailingAsync(new StatusFault(500) { Requests = 20 });

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => model.ChatAsync(ModelHarness.Greeting)));

        Assert.Equal(20, responses.Count(response => response.StatusCode == HttpStatusCode.InternalServerError));
        Assert.Equal(30, responses.Count(response => response.StatusCode == HttpStatusCode.OK));
        Assert.Null(model.Instance.Fault);
    }

    [Fact]
    public async Task A_fault_that_makes_no_sense_is_refused_and_changes_nothing()
    {
        await using ModelHarness model = await FailingAsync(new StatusFault(503));

        foreach (ModelFault fault in (ModelFault[])
            [
                new StatusFault(200),
                new ThrottleFault(TimeSpan.FromSeconds(-1)),
                new DelayHeadersFault(TimeSpan.FromDays(2)),
                new CutFault(-1),
                new StallFault(-1),
                new ResetFault { Requests = 0 },
                new RefuseFault { Requests = 1 },
                new WrongTlsNameFault(), // of an instance that speaks plain http
                new WrongTlsNameFault { Requests = 1 },
            ])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => model.Instance.SetFaultAsync(fault, ModelHarness.Cancelled));
        }

        Assert.Equal(new StatusFault(503), model.Instance.Fault);
    }

    private static async Task<ModelHarness> FailingAsync(ModelFault fault, TimeProvider? time = null)
    {
        ModelHarness model = await ModelHarness.StartAsync(time: time);
        await model.Instance.SetFaultAsync(fault, ModelHarness.Cancelled);
        return model;
    }

    private static async Task<(string Received, Exception? End)> ReadToEndAsync(HttpResponseMessage response)
    {
        using var received = new MemoryStream();
        try
        {
            await using Stream stream = await response.Content.ReadAsStreamAsync(ModelHarness.Cancelled);
            await stream.CopyToAsync(received, ModelHarness.Cancelled);
            return (Encoding.UTF8.GetString(received.ToArray()), null);
        }
        catch (IOException e)
        {
            return (Encoding.UTF8.GetString(received.ToArray()), e);
        }
    }

    private static IEnumerable<Exception> Inner(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            yield return inner;
        }
    }
}
