using System.Xml.Linq;

namespace ContosoSuites.Local.Gateway.Policies.Elements;

/// <summary><c>include-fragment</c>: the policies of a fragment, which is a file <c>{fragment-id}.fragment.xml</c> beside policy.xml.</summary>
internal static class IncludeFragment
{
    private const string Name = "include-fragment";

    public static PolicyElement Element { get; } = new(Name, PolicySections.All, Read);

    private static PolicySequence Read(PolicyElementReader reader)
    {
        var id = reader.Literal("fragment-id");
        XElement fragment;
        try
        {
            fragment = reader.Loader.ReadFragment(id);
        }
        catch (GatewayConfigurationException exception)
        {
            throw reader.Wrong($"the fragment {id} can not be included. {exception.Message}");
        }

        // API Management's rules; the first also keeps a fragment from including itself.
        reader.ThrowIf(fragment.Descendants(Name).Any(), $"the fragment {id} includes a fragment, which it can not.");
        reader.ThrowIf(fragment.Descendants(Base.Element.Name).Any(), $"the fragment {id} has a <base />, which it can not.");
        return reader.Policies(fragment.Elements(), id + ".fragment.xml");
    }
}
