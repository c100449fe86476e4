using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>What losses mean to people; docs/fidelity.md has the table. The one place where kinds are told apart.</summary>
public static class LossMeaning
{
    /// <summary>The detail of <see cref="LossKind.Field"/> where properties of bytes are left out.</summary>
    public const string BinaryProperties = "Binary";

    /// <summary>The detail of <see cref="LossKind.Field"/> where a table has a row of an item, and so not its body.</summary>
    public const string BodyOfRow = "Body";

    /// <summary>The detail of <see cref="LossKind.Field"/> where the text of an HTML body was asked for, and its markup is left out.</summary>
    public const string HtmlMarkup = "Html";

    /// <summary>The detail of <see cref="LossKind.Folder"/> where an item lay in no folder, and is in the Inbox. No path of a folder is written so.</summary>
    public const string InNoFolder = "/";

    /// <summary>What programs show of the properties that have no words of their own in a loss.</summary>
    private static readonly ushort[] s_shown =
    [
        PropertyTags.Subject.Id, PropertyTags.Body.Id, PropertyTags.BodyHtml.Id, PropertyTags.RtfCompressed.Id, PropertyTags.ClientSubmitTime.Id, PropertyTags.MessageDeliveryTime.Id,
        PropertyTags.MessageFlags.Id, PropertyTags.FlagStatus.Id, PropertyTags.Importance.Id, PropertyTags.Sensitivity.Id, PropertyTags.SentRepresentingName.Id, PropertyTags.DisplayName.Id,
        PropertyTags.DisplayTo.Id, PropertyTags.DisplayCc.Id, PropertyTags.TransportMessageHeaders.Id,
    ];

    /// <summary>Sets of names that make an item what it is: the fields of a contact, an appointment, a task, a journal entry, and those somebody has added.</summary>
    private static readonly Guid[] s_shownSets = [PropertySets.Address, PropertySets.Appointment, PropertySets.Task, PropertySets.Log, PropertySets.PublicStrings];

    /// <summary>
    /// Whether somebody would miss what was lost: body, attachments, people, dates, marks and fields a program shows. The rest, most named properties among it and what the chosen format never holds,
    /// is counted and listed with the item, but nobody is warned of it.
    /// </summary>
    public static bool IsMissed(ItemLoss loss)
    {
        if (loss is null)
        {
            throw new ArgumentNullException(nameof(loss));
        }

        bool isNumber = loss.Detail.StartsWith("0x", StringComparison.Ordinal);
        bool isName = loss.Detail.StartsWith("{", StringComparison.Ordinal);
        return loss.Kind switch
        {
            LossKind.NamedProperties => isName && IsShownName(loss.Detail),
            LossKind.Field when isName => IsShownName(loss.Detail),
            LossKind.Field when isNumber => IsShownId(loss.Detail),
            LossKind.Field => loss.Detail is not (BinaryProperties or BodyOfRow or HtmlMarkup),
            LossKind.Folder => loss.Detail != InNoFolder,
            _ => true,
        };
    }

    /// <summary>Whether somebody would miss an item that was skipped: not where it has nothing of what was asked for.</summary>
    public static bool IsMissed(WriteResult skipped) => !(skipped ?? throw new ArgumentNullException(nameof(skipped))).HasNothing;

    /// <summary>In which parts (<see cref="ItemFingerprint"/>) an item may differ from its copy because of a loss that was told.</summary>
    public static ItemPart Explains(LossKind kind) => kind switch
    {
        LossKind.AddressUnresolved => ItemPart.Sender | ItemPart.Recipients,
        // Pictures in the text become attachments of the HTML that is made of it.
        LossKind.RtfFidelity => ItemPart.Text | ItemPart.Attachments,
        LossKind.NestedAttachment or LossKind.OleObject or LossKind.AttachmentByReference or LossKind.AttachmentTooLarge or LossKind.Attachment => ItemPart.Attachments,
        LossKind.NamedProperties => ItemPart.Fields,
        // Which fields there are, and whether an item is one that is sent, is a matter of the class.
        LossKind.MessageClass => ItemPart.MessageClass | ItemPart.Fields | ItemPart.Sender | ItemPart.Times | ItemPart.State,
        LossKind.Field => ItemPart.Text | ItemPart.Recipients | ItemPart.Attachments | ItemPart.Fields | ItemPart.Sender | ItemPart.Times | ItemPart.State | ItemPart.Marks,
        LossKind.TextChanged => ItemPart.Subject | ItemPart.Text | ItemPart.Recipients | ItemPart.Attachments | ItemPart.Fields | ItemPart.Sender | ItemPart.Marks,
        LossKind.ReceiptDisarmed => ItemPart.None,
        LossKind.Folder => ItemPart.Folder,
        LossKind.Signature => ItemPart.MessageClass | ItemPart.Text | ItemPart.Attachments,
        LossKind.ActiveContent => ItemPart.Text | ItemPart.Attachments,
        LossKind.Body => ItemPart.Text | ItemPart.Attachments,
        LossKind.TooLarge => ItemPart.Text | ItemPart.Attachments | ItemPart.Fields | ItemPart.Marks,
        LossKind.Guessed => ItemPart.Times | ItemPart.Sender,
        _ => ItemPart.None,
    };

    /// <summary>The same of all losses of an item.</summary>
    public static ItemPart Explains(IReadOnlyList<ItemLoss> losses)
    {
        ItemPart parts = ItemPart.None;
        foreach (ItemLoss loss in losses ?? throw new ArgumentNullException(nameof(losses)))
        {
            parts |= Explains(loss.Kind);
        }

        return parts;
    }

    // As PropertyKey and PropertyTag write it: 0x0037 or 0x0037001F. Ids 0x3A00 to 0x3AFF are the fields of contacts ([MS-OXPROPS]).
    private static bool IsShownId(string detail) =>
        detail.Length < 6 || !ushort.TryParse(detail.Substring(2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort id) || id >> 8 == 0x3A || Array.IndexOf(s_shown, id) >= 0;

    // As PropertyName writes it: the set in braces, and what it is called there.
    private static bool IsShownName(string detail) =>
        detail.IndexOf('}') is int end and > 0 && Guid.TryParse(detail.Substring(0, end + 1), out Guid set) && Array.IndexOf(s_shownSets, set) >= 0;
}
