using System.Globalization;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Serialization;

namespace PstMigration.Mailboxes;

/// <summary>
/// What is stored with a task we wrote. Tasks have no extended properties in the service's model, but open extensions: what stands in extended
/// properties of other items stands in one extension here, each under a name of its own ([openTypeExtension resource]).
/// </summary>
internal static class TaskExtension
{
    /// <summary>The extension's name.</summary>
    public const string Name = "com.pstmigration.source";

    /// <summary>What a request of tasks has to expand.</summary>
    public const string Expand = "extensions($filter=id eq '" + Name + "')";

    private static readonly (string Id, string Name)[] s_names =
    [
        (Provenance.MarkerId, "marker"),
        (Provenance.KeyId, "key"),
        (Provenance.VersionId, "version"),
        (Provenance.DigestId, "digest"),
        (Provenance.StateId, "state"),
        (Provenance.UndoneId, "undone"),
        (Provenance.FolderId, "folder"),
        (Provenance.IdentityId, "identity"),
        (Provenance.LossesId, "losses"),
        (Provenance.PlacedInId, "placedIn"),
        (Provenance.ReplacesId, "replaces"),
        (Provenance.AttachmentCountId, "parts"),
        (GraphPropertyId.Write(MailboxPropertyNames.Subject, Mapi.PropertyType.String), "title"),
        (GraphPropertyId.Write(MailboxPropertyNames.Kept, Mapi.PropertyType.String), "kept"),
    ];

    /// <summary>An extension of properties; those it has no name for are left out.</summary>
    public static OpenTypeExtension Write(IEnumerable<SingleValueLegacyExtendedProperty> properties)
    {
        OpenTypeExtension extension = new() { ExtensionName = Name, OdataType = "microsoft.graph.openTypeExtension" };
        foreach (SingleValueLegacyExtendedProperty property in properties)
        {
            if (Array.Find(s_names, n => n.Id == property.Id).Name is string name)
            {
                extension.AdditionalData[name] = property.Value ?? "";
            }
        }

        return extension;
    }

    /// <summary>The properties of a task's extension; none where it has none.</summary>
    public static List<SingleValueLegacyExtendedProperty> Read(TodoTask? task)
    {
        Extension? extension = task?.Extensions?.Find(e => e is OpenTypeExtension { ExtensionName: Name } || e.Id == Name || e.Id?.EndsWith("." + Name, StringComparison.Ordinal) == true);
        return extension is null ? [] :
        [
            .. s_names
                .Select(n => new SingleValueLegacyExtendedProperty { Id = n.Id, Value = extension.AdditionalData.TryGetValue(n.Name, out object? value) ? Text(value) : null })
                .Where(p => p.Value is not null),
        ];
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        UntypedString text => text.GetValue(),
        // What looks like a time comes as one.
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
