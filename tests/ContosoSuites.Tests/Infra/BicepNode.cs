namespace ContosoSuites.Tests.Infra;

/// <summary>A node of a Bicep file's syntax tree, as tree-sitter names it.</summary>
internal sealed record BicepNode(string Type, string Text, int Line, IReadOnlyList<BicepNode> Children)
{
    /// <summary>The name of a declaration, property, function or member: its first identifier.</summary>
    public string Name => Children.First(child => child.Type is "identifier" or "string").Text.Trim('\'');

    /// <summary>The last child: the value of a property or of a declaration.</summary>
    public BicepNode Value => Children[^1];

    /// <summary>Whether it is text without anything filled in.</summary>
    public bool IsLiteral => Type == "string" && Children.All(child => child.Type == "string_content");

    /// <summary>What a literal says.</summary>
    public string Literal => Text.Trim('\'');

    /// <summary>The node and all below it.</summary>
    public IEnumerable<BicepNode> All() => Children.SelectMany(child => child.All()).Prepend(this);

    /// <summary>All nodes of a type.</summary>
    public IEnumerable<BicepNode> All(string type) => All().Where(node => node.Type == type);

    /// <summary>The properties of an object, by name. The grammar has nested resources among them; these are left out.</summary>
    public Dictionary<string, BicepNode> Properties() =>
        Children.Where(child => child.Type == "object_property" && child.Children.Count == 2).ToDictionary(property => property.Name, property => property.Value);

    /// <summary>The value at a path of properties of a declaration or an object.</summary>
    public BicepNode Get(params string[] path) => path.Aggregate(
        Type == "object" ? this : All("object").First(), (node, name) => node.Properties()[name]);

    /// <summary>The calls of a function, also as a member: <c>listSecrets</c> of <c>subscription.listSecrets()</c>.</summary>
    public IEnumerable<(string Function, BicepNode Arguments)> Calls() =>
        All("call_expression").Select(call => (call.Children[0].Type == "member_expression" ? call.Children[0].Value.Text : call.Children[0].Text, call.Value));

    /// <inheritdoc/>
    public override string ToString() => $"{Type}, line {Line}";
}
