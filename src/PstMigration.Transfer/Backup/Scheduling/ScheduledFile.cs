namespace PstMigration.Transfer;

/// <summary>A text that is handed to a scheduler.</summary>
/// <param name="Name">The file's name, or that of the task.</param>
/// <param name="Text">The text.</param>
public sealed record ScheduledFile(string Name, string Text);
