namespace PstMigration.Mapi;

/// <summary>The content of one paragraph.</summary>
/// <param name="Html">Its runs as HTML.</param>
/// <param name="IsEmpty">Whether there is nothing to see in it; targets of links may be there all the same.</param>
/// <param name="HalfPoints">The size of its tallest text.</param>
internal readonly record struct RtfRuns(string Html, bool IsEmpty, int HalfPoints);
