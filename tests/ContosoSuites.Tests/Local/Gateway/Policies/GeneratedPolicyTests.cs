using System.Globalization;
using System.Text.RegularExpressions;
using ContosoSuites.Local.Gateway;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Policies;
using ContosoSuites.Local.Gateway.Tokens;
using ContosoSuites.Tests.Local.Gateway.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ContosoSuites.Tests.Local.Gateway.Policies;

/// <summary>Whatever is made of the known elements either loads or is refused with a file and a line; nothing else happens.</summary>
public sealed partial class GeneratedPolicyTests
{
    private static readonly string[] Names =
    [
        .. PolicyElements.All.Keys, "when", "otherwise", "value", "message", "metadata", "inbound", "fragment", "rate-limit",
    ];

    private static readonly string[] Attributes =
    [
        "id", "name", "value", "condition", "count", "interval", "delta", "first-fast-retry", "exists-action", "code", "reason", "backend-id",
        "base-url", "key", "variable-name", "default-value", "duration", "caching-type", "source", "severity", "timeout", "timeout-ms", "buffer-response",
        "buffer-request-body", "template", "resource", "output-token-variable-name", "fragment-id", "response-variable-name", "xmlns",
    ];

    private static readonly string[] Values =
    [
        "", " ", "a", "1", "-1", "99999999999", "200", "true", "override", "openai-chat", "nobody", "http://127.0.0.1/", "internal", "verbose", "answer-failure",
        "../policy", "{{openai-trip-seconds}}", "{{nothing}}", "/a/{b}?c=d", "@", "@()", "@{}", "@(1)", "@(true)", "@(\"a\")", "@(context.Request.Method)",
        "@{ return 1; }", "@{\nreturn \"a\";\n}", "@(1", "@{ return 1; } }", "@(1); } static int A() { return (2)", "@{\n#if A\nreturn 1; }", "@(/* )", "@(a // b)",
        "@(System.IO.File.ReadAllText(\"a\"))", "@(context.Nothing)", "@(\"a\" < 1 && true)", "\u00e9\u4e2d", "&amp;", "&", "<", "'", "]]>", "@(@\"\n\")",
    ];

    [Fact]
    public void A_policy_loads_or_is_refused_with_a_place()
    {
        using var folder = new GatewayFolder();
        var files = GatewayFiles.Read(folder.Path);
        var address = new BackendAddress(new Uri("http://127.0.0.1:1/openai"));
        var backends = new BackendRegistry(files.Backends, files.Backends.Instances.ToDictionary(instance => instance.Name, _ => address), TimeProvider.System);
        using var metrics = new TokenMetrics();
        var (loaded, refused) = (0, 0);

        Prop.ForAll(Policy().ToArbitrary(), policy =>
        {
            folder.With("policy.xml", policy);
            try
            {
                new PolicyLoader(folder.Path, NamedValues.Create(files.Backends, new Dictionary<string, string>()), backends, metrics).Load(new ExpressionCache(null));
                loaded++;
            }
            catch (GatewayConfigurationException exception)
            {
                refused++;
                Every.One(exception.Message.Split(Environment.NewLine), line => Assert.Matches(Place(), line));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20260301, 7));

        // Both ends of it are reached, or it would show nothing.
        Assert.InRange(loaded, 8, 52);
        Assert.InRange(refused, 8, 52);
    }

    [GeneratedRegex(@"^(policy|answer-failure\.fragment)\.xml\([1-9][0-9]*\): \S")]
    private static partial Regex Place();

    private static Gen<string> Policy() =>
        from inbound in Elements(3)
        from backend in Elements(1)
        from outbound in Elements(2)
        from onError in Elements(2)
        select $"<policies>\n<inbound>{inbound}</inbound>\n<backend>{backend}</backend>\n<outbound>{outbound}</outbound>\n<on-error>{onError}</on-error>\n</policies>";

    private static Gen<string> Elements(int most) =>
        from count in Gen.Choose(0, most)
        from elements in Gen.ArrayOf(Gen.Frequency((5, Sound()), (1, Wild(2))), count)
        select string.Concat(elements);

    // As they should be, so that what follows in the same policy is looked at too.
    private static Gen<string> Sound() => Gen.Elements(
        "<base />",
        "\n<set-variable name=\"a\" value=\"@(context.RequestId.ToString())\" />",
        "<set-header name=\"x-a\" exists-action=\"override\"><value>b</value></set-header>",
        "<choose>\n<when condition=\"@(context.Request.Headers.ContainsKey(\"x\") && 1 < 2)\"><trace source=\"a\"><message>b</message></trace></when></choose>",
        "<return-response><set-status code=\"429\" reason=\"Busy\" />\n<set-body>@{ return \"a\"; }</set-body></return-response>");

    private static Gen<string> Wild(int depth) =>
        from name in Gen.Elements(Names)
        from count in Gen.Choose(0, 4)
        from attributes in Gen.ArrayOf(Attribute(), count)
        from quote in Gen.Elements("\"", "'")
        from content in depth == 0 ? Gen.Elements(Values) : Gen.OneOf(Gen.Elements(Values), Wild(depth - 1), Sound(), Gen.Constant(""))
        select string.Create(
            CultureInfo.InvariantCulture,
            $"<{name}{string.Concat(attributes.DistinctBy(attribute => attribute.Name).Select(attribute => $" {attribute.Name}={quote}{attribute.Value}{quote}"))}>{content}</{name}>");

    private static Gen<(string Name, string Value)> Attribute() =>
        from name in Gen.Elements(Attributes)
        from value in Gen.Elements(Values)
        select (name, value);
}
