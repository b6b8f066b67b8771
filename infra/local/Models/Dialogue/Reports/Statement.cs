namespace ContosoSuites.Local.Models.Dialogue.Reports;

/// <summary>A sentence that a person said of a report.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="AnswersWhich">Whether the model had just asked which entity is meant.</param>
internal sealed record Statement(string Text, bool AnswersWhich);
