using System.Text.Json;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Tests.Local.Gateway.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Policies;

/// <summary>What each element does, seen from outside, in small policies of the shapes that public samples have.</summary>
public sealed class PolicyElementTests : IAsyncLifetime
{
    private readonly GatewayFolder _folder = new();
    private StubBackend _backend = null!;

    public async ValueTask InitializeAsync() => _backend = await StubBackend.StartAsync("swedencentral");

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Base_alone_forwards()
    {
        _folder.With("policy.xml", """<policies><inbound><base /><set-backend-service backend-id="openai-secondary-chat" /></inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>""");

        var (response, record) = await CallAsync();

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("openai-secondary-chat", record.Attempts.Single().Backend);
    }

    [Fact]
    public async Task Nothing_is_forwarded_without_forward_request()
    {
        _folder.With("policy.xml", """<policies><inbound /><outbound><set-header name="x-here"><value>yes</value></set-header></outbound></policies>""");

        var (response, _) = await CallAsync();

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("yes", response.Headers.GetValues("x-here").Single());
        Assert.Empty(_backend.Requests);
    }

    [Fact]
    public async Task Without_a_backend_the_answer_is_an_internal_error()
    {
        _folder.With("policy.xml", """
            <policies>
                <inbound><choose><when condition="@(false)"><set-backend-service backend-id="openai-chat" /></when></choose></inbound>
                <backend><forward-request /></backend>
            </policies>
            """);

        var (response, record) = await CallAsync();

        Assert.Equal(500, (int)response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Internal server error", json.RootElement.GetProperty("message").GetString());
        Assert.Equal(record.RequestId, json.RootElement.GetProperty("activityId").GetGuid());
    }

    [Theory]
    [InlineData("override", "old", "a")]
    [InlineData("override", null, "a")]
    [InlineData("delete", "old", null)]
    [InlineData("delete", null, null)]
    public async Task Set_header(string action, string? before, string? expected)
    {
        _folder.WithPolicy(inbound: $"""<set-header name="x-test" exists-action="{action}"><value>@("a")</value></set-header>""");

        await CallAsync(request =>
        {
            if (before is not null)
            {
                request.Headers.Add("x-test", before);
            }
        });

        Assert.Equal(expected, _backend.Requests.Single().Headers.GetValueOrDefault("x-test"));
    }

    [Theory]
    [InlineData("override", "?q=old&keep=%2F", "?q=a%20b&keep=%2F")]
    [InlineData("override", "?keep=%2F", "?keep=%2F&q=a%20b")]
    [InlineData("override", "?q=a+b", "?q=a+b")]
    [InlineData("delete", "?q=old&keep=%2F", "?keep=%2F")]
    [InlineData("delete", "?keep=%2F", "?keep=%2F")]
    [InlineData("delete", "?q=old", "")]
    public async Task Set_query_parameter(string action, string before, string expected)
    {
        _folder.WithPolicy(inbound: $"""<set-query-parameter name="q" exists-action="{action}"><value>a b</value></set-query-parameter>""");

        await CallAsync(request => request.RequestUri = new Uri("openai/deployments/d/embeddings" + before, UriKind.Relative));

        Assert.Equal("/openai/deployments/d/embeddings" + expected, _backend.Requests.Single().Target);
    }

    [Fact]
    public async Task Set_body_of_the_request_and_of_the_response()
    {
        _folder.WithPolicy(
            inbound: """<set-body>@{ var body = context.Request.Body.As<JObject>(preserveContent: true); body["added"] = true; return body.ToString(Newtonsoft.Json.Formatting.None); }</set-body>""".Replace("<JObject>", "&lt;JObject&gt;", StringComparison.Ordinal),
            outbound: """<set-body>@("taken by " + context.Operation.Id)</set-body><set-status code="202" reason="Taken" />""");

        var (response, _) = await CallAsync();

        Assert.Equal("""{"input":["a leaking tap"],"added":true}""", _backend.Requests.Single().Body);
        Assert.Equal((202, "Taken"), ((int)response.StatusCode, response.ReasonPhrase));
        Assert.Equal("taken by embeddings", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Return_response_ends_the_request()
    {
        _folder.WithPolicy(inbound: """
            <choose>
                <when condition='@(context.Request.Headers.GetValueOrDefault("x-stop", "") == "no")' />
                <when condition='@(context.Request.Headers.ContainsKey("X-STOP"))'>
                    <return-response><set-status code="418" reason="Teapot" /><set-header name="x-why"><value>asked</value></set-header><set-body>short</set-body></return-response>
                </when>
                <otherwise><set-header name="x-otherwise"><value>yes</value></set-header></otherwise>
            </choose>
            """);

        var (stopped, _) = await CallAsync(request => request.Headers.Add("x-stop", "yes"));
        Assert.Equal((418, "Teapot", "short"), ((int)stopped.StatusCode, stopped.ReasonPhrase, await stopped.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal("asked", stopped.Headers.GetValues("x-why").Single());
        Assert.Empty(_backend.Requests);

        await CallAsync(request => request.Headers.Add("x-stop", "no"));
        await CallAsync();
        Assert.Equal([false, true], _backend.Requests.Select(request => request.Headers.ContainsKey("x-otherwise")));
    }

    [Fact]
    public async Task The_context_shows_the_request()
    {
        _folder.WithPolicy(inbound: """
            <set-header name="x-seen"><value>@(string.Join("|", context.Request.Method, context.Request.Url.Path, context.Request.MatchedParameters["deployment-id"],
                context.Request.IpAddress, context.Subscription.Id, context.Subscription.Name, context.Api.Id, context.Operation.Id, context.LastError == null,
                context.Response == null, context.Timestamp.Year, context.Elapsed.Ticks, context.Request.Headers.GetValueOrDefault("api-key", "").Length))</value></set-header>
            <trace source="test" severity="error"><message>@("id " + context.RequestId)</message><metadata name="a" value="@("b")" /></trace>
            """.Replace("\"@(\"b\")\"", "'@(\"b\")'", StringComparison.Ordinal));

        var (_, record) = await CallAsync();

        Assert.Equal(
            "POST|/openai/deployments/text-embedding-3-small/embeddings|text-embedding-3-small|127.0.0.1|local|Local development|azure-openai|embeddings|True|True|2026|0|22",
            _backend.Requests.Single().Headers["x-seen"]);
        var trace = record.Traces.Single();
        Assert.Equal(("test", "error", $"id {record.RequestId}"), (trace.Source, trace.Severity, trace.Message));
        Assert.Equal(KeyValuePair.Create("a", "b"), trace.Metadata!.Single());
    }

    [Fact]
    public async Task On_error_sees_where_and_why_and_answers()
    {
        _folder.WithPolicy(
            inbound: """<choose><when condition="true"><set-variable id="the-one" name="a" value="@(int.Parse(&quot;x&quot;))" /></when></choose>""",
            onError: """<set-header name="x-error"><value>@(string.Join("|", context.LastError.Source, context.LastError.Reason, context.LastError.Section, context.LastError.Path, context.Response.StatusCode))</value></set-header><set-status code="422" reason="No" />""");

        var (response, record) = await CallAsync();

        Assert.Equal(422, (int)response.StatusCode);
        Assert.Equal(
            "set-variable|ExpressionValueEvaluationFailure|inbound|choose[1]/when[1]/set-variable[1]|500",
            response.Headers.GetValues("x-error").Single());
        Assert.Equal("ExpressionValueEvaluationFailure", record.LastErrorReason);
        Assert.DoesNotContain("int.Parse", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expression_that_throws_tells_its_line()
    {
        _folder.With("policy.xml", "<policies>\n<inbound>\n<set-variable name=\"a\" value=\"@{\nvar x = 1;\nreturn int.Parse(&quot;x&quot;) + x;\n}\" />\n</inbound>\n<on-error><set-header name=\"x-message\"><value>@(context.LastError.Message)</value></set-header></on-error></policies>");

        var (response, _) = await CallAsync();

        Assert.StartsWith("policy.xml(5): ", response.Headers.GetValues("x-message").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expression_in_a_text_that_throws_tells_its_line()
    {
        _folder.With("policy.xml", "<policies>\n<inbound>\n<set-body>\n@{\n    var x = 1;\n    return int.Parse(\"a\" + x).ToString();\n}\n</set-body>\n</inbound>\n<on-error><set-header name=\"x-message\"><value>@(context.LastError.Message)</value></set-header></on-error></policies>");

        var (response, _) = await CallAsync();

        Assert.StartsWith("policy.xml(6): ", response.Headers.GetValues("x-message").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expression_in_a_fragment_that_throws_tells_the_fragment()
    {
        _folder.With("mine.fragment.xml", "<fragment>\n<choose>\n<when\ncondition=\"@(((string)context.Variables[&quot;nothing&quot;]).Length == 1)\" /></choose></fragment>")
            .WithPolicy(
                inbound: """<include-fragment fragment-id="mine" />""",
                onError: """<set-header name="x-message"><value>@(context.LastError.Message)</value></set-header>""");

        var (response, _) = await CallAsync();

        Assert.StartsWith("mine.fragment.xml(4): ", response.Headers.GetValues("x-message").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<set-header name='@((string)null)'><value>a</value></set-header>", "returned null")]
    [InlineData("<set-header name='@(\"a b\")'><value>a</value></set-header>", "\"a b\" is no name of a header")]
    [InlineData("<set-header name='@(\"Host\")'><value>a</value></set-header>", "can not change Host")]
    [InlineData("<return-response><set-status code='@(99)' reason='a' /></return-response>", "99 is no status code")]
    [InlineData("<set-header name='x' exists-action='@(\"replace\")'><value>a</value></set-header>", "exists-action is \"replace\"")]
    [InlineData("<set-backend-service base-url='@(\"ftp://a\")' />", "There is no backend \"ftp://a\"")]
    [InlineData("<set-status code=\"200\" reason=\"OK\" />", "no response yet")]
    [InlineData("<rewrite-uri template='@(\"/{nothing}\")' />", "\"/{nothing}\" must be a path")]
    public async Task A_value_that_can_not_be_used_is_an_error_that_says_so(string inbound, string expected)
    {
        _folder.WithPolicy(inbound: inbound, onError: """<set-header name="x-message"><value>@(context.LastError.Message)</value></set-header>""");

        var (response, _) = await CallAsync();

        Assert.Equal(500, (int)response.StatusCode);
        Assert.Contains(expected, response.Headers.GetValues("x-message").Single(), StringComparison.Ordinal);
        Assert.Empty(_backend.Requests);
    }

    [Theory]
    [InlineData("template=\"/v2/run\"", "/openai/v2/run?q=1")]
    [InlineData("template='@(\"v2/\" + context.Request.MatchedParameters[\"deployment-id\"])'", "/openai/v2/a%2Fb%20c?q=1")]
    public async Task Rewrite_uri(string attributes, string expected)
    {
        _folder.WithPolicy(inbound: $"<rewrite-uri {attributes} />");

        var (_, record) = await CallAsync(request => request.RequestUri = new Uri("openai/deployments/a%2Fb%20c/embeddings?q=1", UriKind.Relative));

        Assert.Equal(expected, record.Attempts.Single().Url.PathAndQuery);
    }

    [Fact]
    public async Task A_managed_identity_sets_the_variable()
    {
        _folder.WithPolicy(inbound: $"""
            <authentication-managed-identity resource="https://cognitiveservices.azure.com" output-token-variable-name="token" />
            <set-header name="x-seen"><value>@((string)context.Variables["token"])</value></set-header>
            """);

        await CallAsync();

        Assert.Equal(BackendAddress.ManagedIdentityToken, _backend.Requests.Single().Headers["x-seen"]);
    }

    [Fact]
    public async Task What_the_caller_authorizes_with_reaches_a_url_but_no_backend_with_credentials()
    {
        _folder.With("policy.xml", $"""<policies><inbound><choose><when condition='@(context.Request.Headers.ContainsKey("x-url"))'><set-backend-service base-url="{_backend.Url}" /></when><otherwise><set-backend-service backend-id="openai-chat" /></otherwise></choose></inbound><backend><base /></backend></policies>""");

        await CallAsync(request => request.Headers.Add("Authorization", "Bearer caller"));
        var (_, record) = await CallAsync(request =>
        {
            request.Headers.Add("Authorization", "Bearer caller");
            request.Headers.Add("x-url", "yes");
        });

        Assert.Equal(["Bearer " + BackendAddress.ManagedIdentityToken, "Bearer caller"], _backend.Requests.Select(request => request.Headers["Authorization"]));
        Assert.Equal(_backend.Url.AbsoluteUri, record.Attempts.Single().Backend);
    }

    [Fact]
    public async Task Set_status_in_backend_is_about_the_response()
    {
        _folder.WithPolicy(backend: """<retry condition="false" count="1" interval="0"><forward-request /><set-status code="203" reason="Changed" /></retry>""");

        var (response, _) = await CallAsync();

        Assert.Equal((203, "Changed"), ((int)response.StatusCode, response.ReasonPhrase));
    }

    [Fact]
    public async Task A_backend_section_may_be_empty()
    {
        _folder.WithPolicy(backend: "");

        var (response, _) = await CallAsync();

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Empty(_backend.Requests);
    }

    [Theory]
    [InlineData("timeout=\"7\"", 7000)]
    [InlineData("timeout-ms=\"700\"", 700)]
    public async Task A_call_times_out_when_it_is_said_to(string attributes, int milliseconds)
    {
        _folder.WithPolicy(backend: $"<forward-request {attributes} />");
        _backend.Handler = Stub.Hang;
        await using var gateway = await StartAsync();

        var response = gateway.SendAsync(Operation.Embeddings);
        await _backend.ArrivalAsync(TestContext.Current.CancellationToken);
        gateway.Time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.NotSame(response, await Task.WhenAny(response, Task.Delay(50, TestContext.Current.CancellationToken)));
        gateway.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(500, (int)(await response).StatusCode);
        Assert.Equal("Timeout", (await gateway.Log.NextAsync()).LastErrorReason);
    }

    [Fact]
    public async Task An_error_in_on_error_is_answered_too()
    {
        _folder.WithPolicy(
            inbound: """<set-variable name="a" value='@(context.Variables["nothing"])' />""",
            onError: """<set-status code='@((int)context.Variables["nothing"])' reason="No" />""");

        var (response, _) = await CallAsync();

        Assert.Equal(500, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_cache_keeps_values_for_their_time()
    {
        _folder.WithPolicy(inbound: """
            <cache-lookup-value key='@("key-" + context.Subscription.Id)' variable-name="cached" default-value="none" caching-type="internal" />
            <cache-store-value key="key-local" value="@(context.Timestamp.Second.ToString())" duration="10" />
            <set-header name="x-cached"><value>@((string)context.Variables["cached"])</value></set-header>
            """);
        await using var gateway = await StartAsync();

        foreach (var wait in (int[])[0, 4, 11])
        {
            gateway.Time.Advance(TimeSpan.FromSeconds(wait));
            (await gateway.SendAsync(Operation.Embeddings)).Dispose();
        }

        Assert.Equal(["none", "0", "none"], _backend.Requests.Select(request => request.Headers["x-cached"]));
    }

    [Fact]
    public async Task A_retry_may_take_nothing_but_its_count()
    {
        _folder.WithPolicy(backend: """<retry condition='@(context.Response.StatusCode == 404)' count="@(4)" interval="0"><forward-request timeout="5" /></retry>""");
        _backend.Handler = Stub.Answer(404, "no");

        var (response, _) = await CallAsync();

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal(5, _backend.Requests.Count);
    }

    [Theory]
    [InlineData("interval=\"10\"", 10, 10, 10)]
    [InlineData("interval=\"10\" first-fast-retry=\"true\"", 0, 10, 10)]
    public async Task A_retry_waits_for_its_interval(string attributes, params int[] waits)
    {
        _folder.WithPolicy(backend: $"""<retry condition='@(context.Response.StatusCode == 404)' count="3" {attributes}><forward-request timeout="300" /></retry>""");
        _backend.Handler = Stub.Answer(404, "no");
        var time = new WaitsTimeProvider(TimeSpan.FromSeconds(60));
        await using var gateway = await StartAsync(time);

        var response = gateway.SendAsync(Operation.Embeddings);
        foreach (var seconds in waits.Where(seconds => seconds > 0))
        {
            var wait = await time.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(TimeSpan.FromSeconds(seconds), wait);
            time.Advance(wait);
        }

        Assert.Equal(404, (int)(await response).StatusCode);
        Assert.Equal(4, _backend.Requests.Count);
        Assert.False(time.HasWaits);
    }

    private Task<TestGateway> StartAsync(FakeTimeProvider? time = null) => TestGateway.StartAsync(
        _folder.Path,
        new()
        {
            ["openai-primary"] = new BackendAddress(_backend.Url),
            ["openai-secondary"] = new BackendAddress(_backend.Url),
        },
        time: time);

    private async Task<(HttpResponseMessage Response, ContosoSuites.Local.Gateway.Records.RequestRecord Record)> CallAsync(Action<HttpRequestMessage>? prepare = null)
    {
        await using var gateway = await StartAsync();
        var request = Operation.Embeddings.CreateRequest();
        prepare?.Invoke(request);
        return (await gateway.Client.SendAsync(request), await gateway.Log.NextAsync());
    }
}
