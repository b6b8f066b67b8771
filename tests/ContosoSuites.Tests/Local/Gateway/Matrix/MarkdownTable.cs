using System.Text;

namespace ContosoSuites.Tests.Local.Gateway.Matrix;

/// <summary>Writes a table as Markdown, the way the documentation has them.</summary>
internal static class MarkdownTable
{
    public static string Render(string[] head, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        Append(head);
        Append([.. head.Select(_ => "---")]);
        foreach (var row in rows)
        {
            Append(row);
        }

        return text.ToString();

        void Append(string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }
}
