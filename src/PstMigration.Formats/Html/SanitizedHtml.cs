namespace PstMigration.Formats;

/// <summary>The body of a mail in HTML that does nothing but show.</summary>
/// <param name="Content">What stands between the tags of a box of the class <see cref="HtmlSanitizer.Scope"/>.</param>
/// <param name="Style">Declarations of CSS for that box.</param>
/// <param name="Sheet">Rules of CSS for what is in that box.</param>
/// <param name="IsDisarmed">Whether something was left out that could have run, loaded or sent something.</param>
internal sealed record SanitizedHtml(string Content, string Style, string Sheet, bool IsDisarmed);
