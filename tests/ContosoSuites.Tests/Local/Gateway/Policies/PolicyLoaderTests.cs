using ContosoSuites.Local.Gateway;
using ContosoSuites.Tests.Local.Gateway.Support;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Policies;

/// <summary>A policy that would not run as it does in API Management stops the start, and the message says where and why.</summary>
public sealed class PolicyLoaderTests
{
    public static TheoryData<string, string, string[]> Refused => new()
    {
        // On line 3 of policy.xml, which is line 1 of what is given here.
        { "an unknown element", "<rate-limit calls=\"1\" />", ["policy.xml(3)", "<rate-limit>", "known are <authentication-managed-identity>, <azure-openai-emit-token-metric>, <azure-openai-token-limit>, <base>"] },
        { "an unknown element deep inside", "<choose><when condition=\"@(true)\">\n<mock-response /></when></choose>", ["policy.xml(4)", "<mock-response>"] },
        { "an unknown attribute", "<set-variable name=\"a\" value=\"b\" scope=\"all\" />", ["policy.xml(3)", "<set-variable>", "scope", "known are id, name, value"] },
        { "a missing attribute", "<set-variable name=\"a\" />", ["policy.xml(3)", "<set-variable>", "needs the attribute value"] },
        { "an unknown child", "<set-header name=\"a\"><values>b</values></set-header>", ["policy.xml(3)", "<set-header> can not hold <values>", "known are <value>"] },
        { "a child where none belongs", "<set-variable name=\"a\" value=\"b\"><value>c</value></set-variable>", ["policy.xml(3)", "it takes no elements"] },
        { "text where none belongs", "<choose>now<when condition=\"@(true)\" /></choose>", ["policy.xml(3)", "<choose> takes no text"] },
        { "a bad boolean", "<choose><when condition=\"maybe\" /></choose>", ["policy.xml(3)", "the attribute condition of <when>", "\"maybe\"", "true or false"] },
        { "a bad number", "<cache-store-value key=\"a\" value=\"b\" duration=\"long\" />", ["policy.xml(3)", "duration", "\"long\"", "a whole number"] },
        { "a bad choice", "<trace source=\"a\" severity=\"loud\"><message>b</message></trace>", ["policy.xml(3)", "severity", "\"loud\"", "verbose or information or error"] },
        { "a bad exists-action", "<set-header name=\"a\" exists-action=\"replace\"><value>b</value></set-header>", ["policy.xml(3)", "exists-action", "\"replace\""] },
        { "an expression where none may be", "<set-variable name=\"@(1)\" value=\"b\" />", ["policy.xml(3)", "the attribute name of <set-variable> takes no expression"] },
        { "an unknown backend", "<set-backend-service backend-id=\"nobody\" />", ["policy.xml(3)", "nobody", "openai-chat, openai-embeddings, openai-primary-chat, openai-primary-embeddings, openai-secondary-chat, openai-secondary-embeddings"] },
        { "an element in the wrong section", "<forward-request />", ["policy.xml(3)", "<forward-request> can not be used in <inbound>"] },
        { "an unknown named value", "<set-variable name=\"a\" value=\"{{nothing}}\" />", ["policy.xml(3)", "nothing", "known are openai-attempt-timeout-seconds, openai-tokens-per-minute, openai-trip-seconds"] },
        { "an unknown fragment", "<include-fragment fragment-id=\"nothing\" />", ["policy.xml(3)", "nothing.fragment.xml"] },
        { "a fixed header", "<set-header name=\"Transfer-Encoding\"><value>b</value></set-header>", ["policy.xml(3)", "can not change Transfer-Encoding"] },
        { "a header that is the backend's own", "<set-header name=\"Host\"><value>b</value></set-header>", ["policy.xml(3)", "<set-header> can not change Host"] },
        { "no name of a header", "<set-header name=\"a b\"><value>c</value></set-header>", ["policy.xml(3)", "\"a b\" is no name of a header"] },
        { "a choice without a case", "<choose><otherwise /></choose>", ["policy.xml(3)", "begins with a <when>"] },
        { "a case after otherwise", "<choose><when condition=\"true\" /><otherwise />\n<otherwise /></choose>", ["policy.xml(3)", "<otherwise> comes last"] },
        { "a trace without a message", "<trace source=\"a\" />", ["policy.xml(3)", "one <message>"] },
        { "too many retries", "<retry condition=\"true\" count=\"51\" interval=\"0\"><base /></retry>", ["policy.xml(3)", "count", "1 to 50"] },
        { "a wait of less than nothing", "<retry condition=\"true\" count=\"1\" interval=\"-1\"><base /></retry>", ["policy.xml(3)", "interval of <retry> is \"-1\"", "a whole number from 0 on"] },
        { "no status code", "<set-status code=\"99\" reason=\"a\" />", ["policy.xml(3)", "code of <set-status> is \"99\"", "a whole number from 200 to 599"] },
        { "no status code of an answer", "<return-response>\n<set-status code=\"600\" reason=\"a\" /></return-response>", ["policy.xml(4)", "code of <set-status> is \"600\"", "from 200 to 599"] },
        { "a status without a reason", "<return-response><set-status code=\"200\" /></return-response>", ["policy.xml(3)", "needs the attribute reason"] },
        { "a second status", "<return-response><set-status code=\"200\" reason=\"a\" />\n<set-status code=\"201\" reason=\"b\" /></return-response>", ["policy.xml(4)", "takes <set-status> once"] },
        { "a response in a variable", "<return-response\nresponse-variable-name=\"a\" />", ["policy.xml(4)", "knows no attribute response-variable-name of <return-response>"] },
        { "a Liquid template", "<set-body\ntemplate=\"liquid\">a</set-body>", ["policy.xml(4)", "knows no attribute template of <set-body>"] },
        { "no backend at all", "<set-backend-service />", ["policy.xml(3)", "backend-id or base-url"] },
        { "two backends", "<set-backend-service backend-id=\"openai-chat\" base-url=\"http://a\" />", ["policy.xml(3)", "not both"] },
        { "two values", "<set-header name=\"a\"><value>b</value><value>c</value></set-header>", ["policy.xml(3)", "<set-header> takes one <value>"] },
        { "an empty expression", "<set-variable name=\"a\"\nvalue=\"@()\" />", ["policy.xml(4): CS1733"] },
        { "a brace too few", "<set-body>@{\nif (true) {\nreturn \"a\";\n}</set-body>\n<set-variable name=\"b\" value=\"@(1)\" />", ["policy.xml(6): CS1513"] },
        { "a brace too many", "<set-body>@{\nreturn \"a\"; }\n}</set-body>", ["policy.xml(3): CS1073"] },
        { "a second method", "<set-body>@{ return \"a\"; }\nstatic string B() { return \"b\"; }</set-body>", ["policy.xml(3): CS"] },
        { "a directive", "<set-body>@{\n#pragma warning disable\nreturn \"a\"; }</set-body>", ["policy.xml(3): an expression takes no preprocessor directives"] },
        { "an unclosed string", "<set-body>@{\nreturn \"a; }</set-body>", ["policy.xml(4): CS1010"] },
        { "an expression that does not compile", "<set-variable name=\"a\" value=\"@(\n1 +\nnothing)\" />", ["policy.xml(5): CS0103", "nothing"] },
        { "a block that does not always return", "<set-body>\n\n@{\nif (true) { }\n}</set-body>", ["policy.xml(5): CS0161"] },
        { "an expression of the wrong type", "<choose>\n<when condition=\"@(1)\" /></choose>", ["policy.xml(4): CS0029"] },
        { "an expression with a member that context has not", "<set-variable name=\"a\" value=\"@(context.Secrets)\" />", ["policy.xml(3): CS1061", "Secrets"] },
        { "an expression with newer C#", "<set-variable name=\"a\" value=\"@(context.Request.Method is &quot;GET&quot; or &quot;PUT&quot;)\" />", ["policy.xml(3): CS8370"] },
        { "an expression with a forbidden type", "<set-variable name=\"a\" value=\"@{\nreturn System.Diagnostics.Process.GetCurrentProcess().Id; }\" />", ["policy.xml(4)"] },
        { "an expression with a type from the gateway", "<set-variable name=\"a\" value=\"@(ContosoSuites.Local.Gateway.GatewaySubscription.LocalKey)\" />", ["policy.xml(3)", "GatewaySubscription can not be used"] },
        { "an expression with a forbidden member", "<set-variable name=\"a\" value=\"@(DateTime.FromBinary(1))\" />", ["policy.xml(3)", "System.DateTime.FromBinary(long) can not be used"] },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task It_refuses(string what, string inbound, string[] expected)
    {
        Assert.NotEmpty(what);
        using var folder = new GatewayFolder().With("policy.xml", $"<policies>\n<inbound>\n{inbound}\n</inbound>\n<backend><base /></backend>\n</policies>");

        await ExpectRefusalAsync(folder, expected);
    }

    [Theory]
    [InlineData("<policies><inbound></policies>", "policy.xml(1)")]
    [InlineData("<policies>\n<before /></policies>", "policy.xml(2): <before> is no section")]
    [InlineData("<policies>\n<inbound />\n<inbound /></policies>", "policy.xml(3): the section <inbound> is there twice")]
    [InlineData("<fragment />", "policy.xml(1): the root is <fragment>")]
    [InlineData("<policies>\n<backend><base /><base /></backend></policies>", "policy.xml(2): <backend> takes one policy at most")]
    [InlineData("<policies>\n<inbound>\n<choose><when condition=\"@(1 < 2 && \"a\" == \"b\")\"></choose></inbound></policies>", "policy.xml(3)")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"/etc/passwd\">]><policies />", "policy.xml(1)")]
    public async Task It_refuses_a_file(string policy, string expected)
    {
        using var folder = new GatewayFolder().With("policy.xml", policy);

        await ExpectRefusalAsync(folder, expected);
    }

    [Fact]
    public async Task Errors_in_a_fragment_name_the_fragment()
    {
        using var folder = new GatewayFolder()
            .WithPolicy(inbound: "<include-fragment fragment-id=\"mine\" />")
            .With("mine.fragment.xml", "<fragment>\n\n<set-variable name=\"a\" /></fragment>");

        await ExpectRefusalAsync(folder, "mine.fragment.xml(3)", "needs the attribute value");
    }

    [Fact]
    public async Task A_fragment_can_not_include_one()
    {
        using var folder = new GatewayFolder()
            .WithPolicy(inbound: "<include-fragment fragment-id=\"mine\" />")
            .With("mine.fragment.xml", "<fragment><include-fragment fragment-id=\"mine\" /></fragment>");

        await ExpectRefusalAsync(folder, "the fragment mine includes a fragment");
    }

    [Fact]
    public async Task A_fragment_can_not_have_a_base()
    {
        using var folder = new GatewayFolder()
            .WithPolicy(inbound: "<include-fragment fragment-id=\"mine\" />")
            .With("mine.fragment.xml", "<fragment><base /></fragment>");

        await ExpectRefusalAsync(folder, "policy.xml(2)", "the fragment mine has a <base />");
    }

    [Fact]
    public async Task Expressions_of_a_fragment_that_do_not_compile_name_the_fragment()
    {
        using var folder = new GatewayFolder()
            .WithPolicy(inbound: "<include-fragment fragment-id=\"mine\" />")
            .With("mine.fragment.xml", "<fragment>\n<set-body>\n@{\nreturn nothing;\n}</set-body></fragment>");

        await ExpectRefusalAsync(folder, "mine.fragment.xml(4): CS0103", "nothing");
    }

    private static async Task ExpectRefusalAsync(GatewayFolder folder, params string[] expected)
    {
        var addresses = new Dictionary<string, BackendAddress>
        {
            ["openai-primary"] = new(Nowhere.Port),
            ["openai-secondary"] = new(Nowhere.Port),
        };

        var exception = await Assert.ThrowsAsync<GatewayConfigurationException>(() => TestGateway.StartAsync(folder.Path, addresses));

        Every.One(expected, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }
}
