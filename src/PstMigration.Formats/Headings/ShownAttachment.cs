using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>An attachment as a list shows it.</summary>
/// <param name="Name">Its file name; never empty.</param>
/// <param name="ContentType">Such as application/pdf; message/rfc822 for an item.</param>
/// <param name="Size">Bytes: those of the content, or what is stored as the size of an item or a reference.</param>
/// <param name="Source">The attachment.</param>
internal sealed record ShownAttachment(string Name, string ContentType, long Size, MapiAttachment Source);
