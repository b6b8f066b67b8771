namespace ContosoSuites.Local.Models.Dialogue.Skills;

/// <summary>Says something useful about the subjects a hotel's staff bring up, without pretending to know their data.</summary>
internal sealed class HotelTopicSkill : IDialogueSkill
{
    private static readonly IReadOnlyList<(IReadOnlySet<string> Words, string Reply)> Topics =
    [
        (Words.Of("repair broken leak maintenance fix damage plumbing heating microwave television"),
            "A repair request needs three things: the hotel, the room or place, and what is wrong with it."),
        (Words.Of("booking reservation reserve stay"),
            "For a booking I would look at the hotel, the first and last night, and the number of guests."),
        (Words.Of("checkout checkin check arrival departure"),
            "Check-in and check-out times are set by each hotel; its front desk has the times for today."),
        (Words.Of("breakfast dinner restaurant bar menu"),
            "Meals differ from house to house; the restaurant of the hotel in question has its hours and menu."),
        (Words.Of("pool spa gym sauna parking wifi shuttle"),
            "Facilities differ from house to house; the page of the hotel in question lists what it offers."),
        (Words.Of("hotel room suite guest customer"),
            "Tell me which hotel it is about, and I can look at its bookings or note down a repair."),
    ];

    public DialogueReply? Reply(DialogueTurn turn)
    {
        IReadOnlySet<string> said = Words.Of(turn.UserText);
        string? reply = Topics.FirstOrDefault(topic => topic.Words.Overlaps(said)).Reply;
        return reply is null ? null : DialogueReply.Say($"{reply} (This answer comes from a simulated model, which has no hotel data of its own.)");
    }
}
