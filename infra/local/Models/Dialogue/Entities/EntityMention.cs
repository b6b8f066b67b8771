using ContosoSuites.Local.Models.Chat;

namespace ContosoSuites.Local.Models.Dialogue.Entities;

/// <summary>Finds what the person last spoke of.</summary>
internal static class EntityMention
{
    /// <summary>What the person's last message names, or else the message before it that names something; several that sound alike.</summary>
    public static IReadOnlyList<Entity> Latest(DialogueTurn turn, EntityList known) => turn.Messages
        .Where(message => message.Role is ChatRole.User)
        .Reverse()
        .Select(message => known.Named(message.Text))
        .FirstOrDefault(named => named.Count > 0) ?? [];
}
