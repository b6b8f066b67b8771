using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using ContosoSuites.Local.Gateway.Expressions;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>
/// Reads one element. It notes what is asked for, so that what nobody has asked for can be refused afterwards, with the
/// names of what is known.
/// </summary>
internal sealed class PolicyElementReader
{
    private readonly PolicyLoader _loader;
    private readonly XElement _element;
    private readonly string _file;
    private readonly string _sectionName;
    private readonly string _path;
    private readonly SortedSet<string> _attributes = new(StringComparer.Ordinal) { "id" };
    private readonly List<PolicyElementReader> _children = [];
    private HashSet<string>? _childNames;
    private bool _readsText;

    public PolicyElementReader(PolicyLoader loader, XElement element, string file, string sectionName, PolicySections section, string path)
    {
        _loader = loader;
        _element = element;
        _file = file;
        _sectionName = sectionName;
        _path = path;
        Section = section;
    }

    public string Name => _element.Name.LocalName;

    public PolicySections Section { get; }

    public PolicyLoader Loader => _loader;

    public PolicyPosition Position => new(Name, _sectionName, _path, _element.Attribute("id")?.Value);

    private SourceLocation Location => LocationOf(_element);

    /// <summary>An attribute that is the same for all requests.</summary>
    public string Literal(string attribute) => OptionalLiteral(attribute) ?? throw Missing(attribute);

    /// <summary>An attribute that is the same for all requests; null when it is not there.</summary>
    public string? OptionalLiteral(string attribute)
    {
        if (Attribute(attribute) is not { } value)
        {
            return null;
        }

        return ExpressionCode.TryParse(value, Location) is null
            ? value
            : throw Wrong($"the attribute {attribute} of <{Name}> takes no expression.");
    }

    /// <summary>An attribute with one of a few values, the first of which stands for a missing one.</summary>
    public string Choice(string attribute, params ReadOnlySpan<string> values)
    {
        var value = OptionalLiteral(attribute) ?? values[0];
        return values.Contains(value) ? value : throw Wrong($"the attribute {attribute} of <{Name}> is \"{value}\"; it must be {string.Join(" or ", values.ToArray())}.");
    }

    /// <summary>A switch that API Management has and this gateway only takes in its usual position.</summary>
    public void Only(string attribute, string value)
    {
        if (OptionalLiteral(attribute) is { } other && other != value)
        {
            throw Wrong($"the attribute {attribute} of <{Name}> is \"{other}\"; the local gateway only knows \"{value}\".");
        }
    }

    /// <summary>An attribute with a whole number above 0, the same for all requests; null when it is not there.</summary>
    public int? OptionalPositive(string attribute)
    {
        if (OptionalLiteral(attribute) is not { } value)
        {
            return null;
        }

        return PolicyLiteral.Parse<int>(value) is (true, > 0 and var number)
            ? number
            : throw Wrong($"the attribute {attribute} of <{Name}> is \"{value}\"; it must be a whole number above 0.");
    }

    /// <summary>An attribute that API Management has and this gateway has not; <paramref name="instead"/> says what to do.</summary>
    public void Refuse(string attribute, string instead)
    {
        if (_element.Attribute(attribute) is { } found)
        {
            throw Wrong($"the local gateway does not know the attribute {attribute} of <{Name}>; {instead}.", found);
        }
    }

    /// <summary>An attribute that may be an expression.</summary>
    public PolicyValue<T> Value<T>(string attribute) => OptionalValue<T>(attribute) ?? throw Missing(attribute);

    /// <summary>An attribute that may be an expression; null when it is not there.</summary>
    public PolicyValue<T>? OptionalValue<T>(string attribute) =>
        Attribute(attribute) is { } value ? ToValue<T>(value, LocationOf(_element.Attribute(attribute)!), $"the attribute {attribute} of <{Name}>") : null;

    /// <summary>The text of the element, which may be an expression.</summary>
    public PolicyValue<string> Text()
    {
        _readsText = true;
        var text = _element.Nodes().OfType<XText>().FirstOrDefault();
        return text is null ? PolicyValue<string>.Literal("") : ToValue<string>(Substitute(_element.Value), LocationOf(text), $"the text of <{Name}>");
    }

    /// <summary>The policies in the element.</summary>
    public PolicySequence Policies() => Policies(_element.Elements());

    /// <summary>The policies in <paramref name="elements"/>, which may come from another file.</summary>
    public PolicySequence Policies(IEnumerable<XElement> elements, string? file = null)
    {
        _childNames = [.. PolicyElements.All.Keys];
        return new PolicySequence([.. elements.Select(element => ReadPolicy(Child(element, file ?? _file)))]);
    }

    /// <summary>The children that the element takes, which are no policies by themselves.</summary>
    public IReadOnlyList<PolicyElementReader> Children(params ReadOnlySpan<string> names)
    {
        _childNames = [.. names];
        return [.. _element.Elements().Where(element => _childNames.Contains(element.Name.LocalName)).Select(element => Child(element, _file))];
    }

    /// <summary>Refuses the attributes, children and text that nobody has asked for.</summary>
    public void RefuseWhatIsLeft()
    {
        if (_element.Attributes().FirstOrDefault(attribute => !_attributes.Contains(attribute.Name.LocalName)) is { } attribute)
        {
            throw Wrong($"<{Name}> has no attribute {attribute.Name.LocalName}; known are {string.Join(", ", _attributes)}.", attribute);
        }

        if (_element.Elements().FirstOrDefault(element => _childNames?.Contains(element.Name.LocalName) is not true) is { } element)
        {
            var known = _childNames is null ? "it takes no elements" : "known are " + string.Join(", ", _childNames.Order(StringComparer.Ordinal).Select(name => $"<{name}>"));
            throw Wrong($"<{Name}> can not hold <{element.Name.LocalName}>; {known}.", element);
        }

        if (!_readsText && _element.Nodes().OfType<XText>().FirstOrDefault(text => !string.IsNullOrWhiteSpace(text.Value)) is { } stray)
        {
            throw Wrong($"<{Name}> takes no text.", stray);
        }

        _children.ForEach(child => child.RefuseWhatIsLeft());
    }

    /// <summary>An error in this element.</summary>
    public GatewayConfigurationException Wrong(string what) => Wrong(what, _element);

    private GatewayConfigurationException Wrong(string what, XObject place) => new($"{LocationOf(place)}: {what}");

    private GatewayConfigurationException Missing(string attribute) => Wrong($"<{Name}> needs the attribute {attribute}.");

    private static (IPolicy Policy, PolicyPosition Position) ReadPolicy(PolicyElementReader reader)
    {
        if (!PolicyElements.All.TryGetValue(reader.Name, out var element))
        {
            throw reader.Wrong($"the local gateway does not know <{reader.Name}>; known are {string.Join(", ", PolicyElements.All.Keys.Order(StringComparer.Ordinal).Select(name => $"<{name}>"))}.");
        }

        if ((element.Sections & reader.Section) == 0)
        {
            throw reader.Wrong($"<{reader.Name}> can not be used in <{reader._sectionName}>.");
        }

        return (element.Read(reader), reader.Position);
    }

    private PolicyElementReader Child(XElement element, string file)
    {
        var index = element.ElementsBeforeSelf(element.Name).Count() + 1;
        var step = string.Create(CultureInfo.InvariantCulture, $"{element.Name.LocalName}[{index}]");
        var child = new PolicyElementReader(_loader, element, file, _sectionName, Section, _path.Length == 0 ? step : $"{_path}/{step}");
        _children.Add(child);
        return child;
    }

    private string? Attribute(string name)
    {
        _attributes.Add(name);
        return _element.Attribute(name) is { } attribute ? Substitute(attribute.Value) : null;
    }

    private string Substitute(string text) => _loader.NamedValues.Substitute(text, what => Wrong(what));

    private PolicyValue<T> ToValue<T>(string text, SourceLocation location, string owner) =>
        ExpressionCode.TryParse(text, location) is { } code
            ? PolicyValue<T>.Expression(_loader.Expressions, code)
            : PolicyValue<T>.Literal(PolicyLiteral.Parse<T>(text) is (true, { } literal) ? literal : throw Wrong($"{owner} is \"{text}\"; it must be {PolicyLiteral.Describe<T>()}, or an expression."));

    private SourceLocation LocationOf(XObject place) => new(_file, ((IXmlLineInfo)place).LineNumber);
}
