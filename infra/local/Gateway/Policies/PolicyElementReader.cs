using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using ContosoSuites.Local.Gateway.Expressions;

namespace ContosoSuites.Local.Gateway.Policies;

/// <summary>
/// Reads one element. It notes what is asked for, so that what nobody has asked for can be refused afterwards, with the
/// names of what is known.
/// </summary>
internal sealed class PolicyElementReader(PolicyLoader loader, XElement element, string file, string sectionName, PolicySections section, string path)
{
    private readonly SortedSet<string> _attributes = new(StringComparer.Ordinal) { "id" };
    private readonly List<PolicyElementReader> _children = [];
    private HashSet<string>? _childNames;
    private bool _readsText;

    public string Name => element.Name.LocalName;

    public PolicySections Section => section;

    /// <summary>Whether what it sets is the response's rather than the request's.</summary>
    public bool IsAboutResponse => section is PolicySections.Outbound or PolicySections.OnError;

    public PolicyLoader Loader => loader;

    public PolicyPosition Position => new(Name, sectionName, path);

    /// <summary>An attribute that is the same for all requests.</summary>
    public string Literal(string attribute) => OptionalLiteral(attribute) ?? throw Missing(attribute);

    /// <summary>An attribute that is the same for all requests; null when it is not there.</summary>
    public string? OptionalLiteral(string attribute)
    {
        var value = Attribute(attribute);
        return value is null || ExpressionCode.TryParse(value, LocationOf(element)) is null
            ? value
            : throw Wrong($"the attribute {attribute} of <{Name}> takes no expression.");
    }

    /// <summary>An attribute with one of a few values, the first of which stands for a missing one.</summary>
    public string Choice(string attribute, params ReadOnlySpan<string> values)
    {
        var value = OptionalLiteral(attribute) ?? values[0];
        return values.Contains(value) ? value : throw Wrong($"the attribute {attribute} of <{Name}> is \"{value}\"; it must be {string.Join(" or ", values.ToArray())}.");
    }

    public PolicyValue<T> Value<T>(string attribute) => OptionalValue<T>(attribute) ?? throw Missing(attribute);

    /// <summary>An attribute that may be an expression; null when it is not there.</summary>
    public PolicyValue<T>? OptionalValue<T>(string attribute) =>
        Attribute(attribute) is { } value ? ToValue<T>(value, LocationOf(element.Attribute(attribute)!), $"the attribute {attribute} of <{Name}>") : null;

    /// <summary>An attribute with a whole number, which has to lie in a range when it is the same for all requests.</summary>
    public PolicyValue<int> Number(string attribute, int lowest, int highest = int.MaxValue)
    {
        var value = Value<int>(attribute);
        return !value.TryGetLiteral(out var number) || (number >= lowest && number <= highest)
            ? value
            : throw Wrong($"the attribute {attribute} of <{Name}> is \"{number}\"; it must be a whole number from {lowest}{(highest == int.MaxValue ? " on" : $" to {highest}")}, or an expression.");
    }

    /// <summary>The text of the element, which may be an expression.</summary>
    public PolicyValue<string> Text()
    {
        _readsText = true;
        var text = element.Nodes().OfType<XText>().FirstOrDefault();
        return text is null ? PolicyValue<string>.Literal("") : ToValue<string>(Substitute(element.Value), LocationOf(text), $"the text of <{Name}>");
    }

    public PolicySequence Policies() => Policies(element.Elements());

    /// <summary>The policies in <paramref name="elements"/>, which may come from another file.</summary>
    public PolicySequence Policies(IEnumerable<XElement> elements, string? otherFile = null)
    {
        _childNames = [.. PolicyElements.All.Keys];
        return new PolicySequence([.. elements.Select(policy => Child(policy, otherFile ?? file).ReadPolicy())]);
    }

    /// <summary>The children that the element takes, which are no policies by themselves.</summary>
    public IReadOnlyList<PolicyElementReader> Children(params ReadOnlySpan<string> names)
    {
        _childNames = [.. names];
        return [.. element.Elements().Where(child => _childNames.Contains(child.Name.LocalName)).Select(child => Child(child, file))];
    }

    /// <summary>Refuses the attributes, children and text that nobody has asked for.</summary>
    public void RefuseWhatIsLeft()
    {
        if (element.Attributes().FirstOrDefault(attribute => !_attributes.Contains(attribute.Name.LocalName)) is { } attribute)
        {
            throw Wrong($"the local gateway knows no attribute {attribute.Name.LocalName} of <{Name}>; known are {string.Join(", ", _attributes)}.", attribute);
        }

        if (element.Elements().FirstOrDefault(child => _childNames?.Contains(child.Name.LocalName) is not true) is { } child)
        {
            throw Wrong($"<{Name}> can not hold <{child.Name.LocalName}>; {(_childNames is null ? "it takes no elements" : KnownElements(_childNames))}.", child);
        }

        if (!_readsText && element.Nodes().OfType<XText>().FirstOrDefault(text => !string.IsNullOrWhiteSpace(text.Value)) is { } stray)
        {
            throw Wrong($"<{Name}> takes no text.", stray);
        }

        _children.ForEach(child => child.RefuseWhatIsLeft());
    }

    public GatewayConfigurationException Wrong(string what) => Wrong(what, element);

    public void ThrowIf(bool wrong, string what) => GatewayConfigurationException.ThrowIf(wrong, $"{LocationOf(element)}: {what}");

    private GatewayConfigurationException Wrong(string what, XObject place) => new($"{LocationOf(place)}: {what}");

    private GatewayConfigurationException Missing(string attribute) => Wrong($"<{Name}> needs the attribute {attribute}.");

    private static string KnownElements(IEnumerable<string> names) => "known are " + string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"<{name}>"));

    private (IPolicy Policy, PolicyPosition Position) ReadPolicy()
    {
        if (!PolicyElements.All.TryGetValue(Name, out var known))
        {
            throw Wrong($"the local gateway does not know <{Name}>; {KnownElements(PolicyElements.All.Keys)}.");
        }

        return (known.Sections & section) == 0 ? throw Wrong($"<{Name}> can not be used in <{sectionName}>.") : (known.Read(this), Position);
    }

    private PolicyElementReader Child(XElement other, string otherFile)
    {
        var index = other.ElementsBeforeSelf(other.Name).Count() + 1;
        var step = string.Create(CultureInfo.InvariantCulture, $"{other.Name.LocalName}[{index}]");
        var child = new PolicyElementReader(loader, other, otherFile, sectionName, section, path.Length == 0 ? step : $"{path}/{step}");
        _children.Add(child);
        return child;
    }

    private string? Attribute(string name)
    {
        _attributes.Add(name);
        return element.Attribute(name) is { } attribute ? Substitute(attribute.Value) : null;
    }

    private string Substitute(string text) => loader.NamedValues.Substitute(text, what => Wrong(what));

    private PolicyValue<T> ToValue<T>(string text, SourceLocation location, string owner)
    {
        if (ExpressionCode.TryParse(text, location) is { } code)
        {
            return PolicyValue<T>.Expression(loader.Expressions, code);
        }

        var (literal, kind) = typeof(T) == typeof(bool) ? (bool.TryParse(text, out var truth) ? (object)truth : null, "true or false")
            : typeof(T) == typeof(int) ? (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null, "a whole number")
            : (text, "text");
        return literal is T value ? PolicyValue<T>.Literal(value) : throw Wrong($"{owner} is \"{text}\"; it must be {kind}, or an expression.");
    }

    private SourceLocation LocationOf(XObject place) => new(file, ((IXmlLineInfo)place).LineNumber);
}
