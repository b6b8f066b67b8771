using System.Xml;
using System.Xml.Linq;
using ContosoSuites.Local.Gateway.Backends;
using ContosoSuites.Local.Gateway.Configuration;
using ContosoSuites.Local.Gateway.Expressions;
using ContosoSuites.Local.Gateway.Tokens;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>
/// Reads policy.xml and its fragments into policies that can run. Whatever this gateway would not do as API Management does
/// stops the start, with file, line and the name of the element: a policy is run in full or not at all.
/// </summary>
internal sealed class PolicyLoader(string directory, NamedValues namedValues, BackendRegistry backends, TokenMetrics metrics)
{
    private static readonly (string Name, PolicySections Section)[] Sections =
    [
        ("inbound", PolicySections.Inbound), ("backend", PolicySections.Backend), ("outbound", PolicySections.Outbound), ("on-error", PolicySections.OnError),
    ];

    public BackendRegistry Backends => backends;

    public ExpressionSet Expressions { get; } = new();

    public TokenMetrics Metrics => metrics;

    public NamedValues NamedValues => namedValues;

    /// <exception cref="GatewayConfigurationException">It can not be run.</exception>
    public PolicyDocument Load(ExpressionCache cache)
    {
        var root = ReadXml(GatewayFiles.PolicyName, "policies");
        var elements = root.Elements().ToLookup(element => element.Name.LocalName);
        foreach (var section in root.Elements())
        {
            var name = section.Name.LocalName;
            ThrowIf(
                Sections.All(known => known.Name != name),
                section,
                GatewayFiles.PolicyName,
                $"<{name}> is no section; known are {string.Join(", ", Sections.Select(known => $"<{known.Name}>"))}.");
            ThrowIf(elements[name].First() != section, section, GatewayFiles.PolicyName, $"the section <{name}> is there twice.");
        }

        var sequences = Sections.Select(known => ReadSection(elements[known.Name].FirstOrDefault(), known.Name, known.Section)).ToArray();
        Expressions.Compile(cache);
        return new PolicyDocument(sequences[0], sequences[1], sequences[2], sequences[3]);
    }

    /// <summary>The root of a fragment, from its file.</summary>
    /// <exception cref="GatewayConfigurationException">There is no such fragment.</exception>
    public XElement ReadFragment(string id) => ReadXml(id + ".fragment.xml", "fragment");

    private PolicySequence ReadSection(XElement? element, string name, PolicySections section)
    {
        if (element is null)
        {
            return new PolicySequence([]);
        }

        var reader = new PolicyElementReader(this, element, GatewayFiles.PolicyName, name, section, path: "");
        var policies = reader.Policies();
        reader.RefuseWhatIsLeft();

        reader.ThrowIf(section == PolicySections.Backend && element.Elements().Count() > 1, "<backend> takes one policy at most.");
        return policies;
    }

    private XElement ReadXml(string name, string rootName)
    {
        var root = ParseXml(GatewayFiles.ReadText(directory, name), name).Root!;
        ThrowIf(root.Name.LocalName != rootName, root, name, $"the root is <{root.Name.LocalName}>; it must be <{rootName}>.");
        return root;
    }

    private static XDocument ParseXml(string text, string name)
    {
        try
        {
            return ParseXml(text);
        }
        catch (XmlException)
        {
            try
            {
                return ParseXml(RawPolicyText.ToXml(text));
            }
            catch (XmlException exception)
            {
                throw new GatewayConfigurationException($"{new SourceLocation(name, Math.Max(1, exception.LineNumber))}: {exception.Message}", exception);
            }
        }
    }

    private static XDocument ParseXml(string text)
    {
        // Without normalization the line breaks in attributes stay, and with them the lines of the expressions in there.
        using var reader = new XmlTextReader(new StringReader(text))
        {
            Normalization = false,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            WhitespaceHandling = WhitespaceHandling.All,
        };
        return XDocument.Load(reader, LoadOptions.SetLineInfo);
    }

    private static void ThrowIf(bool wrong, IXmlLineInfo element, string file, string what) =>
        GatewayConfigurationException.ThrowIf(wrong, $"{new SourceLocation(file, element.LineNumber)}: {what}");
}
