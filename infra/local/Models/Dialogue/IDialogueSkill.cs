namespace ContosoSuites.Local.Models.Dialogue;

/// <summary>
/// One thing the simulated model can do in a conversation. A skill keeps nothing between calls: all it knows is in the
/// turn, since the protocol sends the whole conversation every time.
/// </summary>
internal interface IDialogueSkill
{
    /// <summary>The reply, or null when this turn is for another skill.</summary>
    public DialogueReply? Reply(DialogueTurn turn);
}
