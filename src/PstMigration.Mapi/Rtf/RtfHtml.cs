namespace PstMigration.Mapi;

/// <summary>RTF as HTML.</summary>
/// <param name="Html">A whole document that declares UTF-8. Holds no scripts.</param>
/// <param name="Pictures">The pictures the HTML refers to by <c>cid:</c>; empty where they were embedded.</param>
/// <param name="IsComplete">False where the text was longer than allowed.</param>
public sealed record RtfHtml(string Html, IReadOnlyList<RtfPicture> Pictures, bool IsComplete);

/// <summary>A picture out of RTF.</summary>
/// <param name="ContentId">Without angle brackets.</param>
/// <param name="MimeType">Such as <c>image/png</c>; metafiles are <c>image/x-emf</c> and <c>image/x-wmf</c>.</param>
/// <param name="Data">The file.</param>
public sealed record RtfPicture(string ContentId, string MimeType, byte[] Data);
