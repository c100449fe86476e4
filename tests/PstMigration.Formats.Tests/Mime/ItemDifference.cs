using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>One property an item had and has no more, or has with another value.</summary>
/// <param name="Of">item, recipient or attachment.</param>
/// <param name="Key">The property.</param>
/// <param name="IsLost">It is gone; else it has another value.</param>
/// <param name="Values">What it was, and what it is.</param>
internal sealed record ItemDifference(string Of, PropertyKey Key, bool IsLost, string Values)
{
    /// <summary>
    /// Compares all properties of an item, its body as it is shown, its recipients, its attachments by value and the items attached to it, which have
    /// to be there. What was added is no difference.
    /// </summary>
    public static IEnumerable<ItemDifference> Between(MapiItem before, MapiItem after)
    {
        Stack<(MapiItem Before, MapiItem After)> open = new([(before, after)]);
        while (open.Count > 0)
        {
            (MapiItem one, MapiItem other) = open.Pop();
            foreach (ItemDifference difference in Between("item", one.Properties, other.Properties).Concat(BetweenBodies(one, other)).Concat(BetweenRecipients(one, other)).Concat(BetweenFiles(one, other)))
            {
                yield return difference;
            }

            List<MapiAttachment> items = one.Attachments.Where(a => IsItem(a) && !IsOccurrence(a, one)).ToList();
            List<MapiAttachment> others = other.Attachments.Where(IsItem).ToList();
            Assert.Equal(items.Count, others.Count);
            for (int i = 0; i < items.Count; i++)
            {
                foreach (ItemDifference difference in Between("attachment", items[i].Properties, others[i].Properties))
                {
                    yield return difference;
                }

                open.Push((items[i].OpenEmbedded(), others[i].OpenEmbedded()));
            }
        }
    }

    /// <summary>A value as text.</summary>
    public static string Show(PropertyValue value) => value.AsArray() is Array array
        ? string.Join("|", array.Cast<object>().Select(e => e is byte[] bytes ? Convert.ToBase64String(bytes) : e.ToString()))
        : value.AsString() ?? value.AsGuid()?.ToString() ?? (value.AsBinary() is byte[] binary ? Convert.ToBase64String(binary) : value.Bits.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public override string ToString() => Of + " " + Key + (IsLost ? " lost: " : ": ") + Values;

    /// <summary>The letters of the text and of the HTML that are shown. A report that comes back says more.</summary>
    private static IEnumerable<ItemDifference> BetweenBodies(MapiItem before, MapiItem after)
    {
        ItemBody one = BodyText.Read(before);
        ItemBody other = BodyText.Read(after);
        if (!before.IsOfClass("REPORT") && PlainRtf.Letters(one.ToPlainText()) != PlainRtf.Letters(other.ToPlainText()))
        {
            yield return new ItemDifference("body", PropertyTags.Body, other.ToPlainText().Length == 0, one.ToPlainText() + " is now " + other.ToPlainText());
        }

        if (one.Html is string html && (other.Html is null || PlainRtf.LettersOfHtml(html) != PlainRtf.LettersOfHtml(other.Html)))
        {
            yield return new ItemDifference("body", PropertyTags.BodyHtml, other.Html is null, html + " is now " + other.Html);
        }
    }

    private static IEnumerable<ItemDifference> BetweenRecipients(MapiItem before, MapiItem after)
    {
        Assert.Equal(before.Recipients.Count, after.Recipients.Count);
        return before.Recipients.Zip(after.Recipients, (one, other) => Between("recipient", one.Properties, other.Properties)).SelectMany(d => d);
    }

    private static IEnumerable<ItemDifference> BetweenFiles(MapiItem before, MapiItem after)
    {
        // Signed and encrypted mail is one attachment, and comes back as one with the name it should have.
        List<MapiAttachment> files = after.Attachments.Where(IsFile).ToList();
        foreach (MapiAttachment file in before.IsOfClass("IPM.Note.SMIME") ? [] : before.Attachments.Where(IsFile))
        {
            byte[] content = file.Content!.ToArray();
            List<MapiAttachment> same = files.Where(f => f.Content!.ToArray().SequenceEqual(content)).ToList();
            Assert.True(same.Count > 0, file.Name + " is gone");
            MapiAttachment found = same.FirstOrDefault(f => f.Name == file.Name) ?? same[0];
            files.Remove(found);
            foreach (ItemDifference difference in Between("attachment", file.Properties, found.Properties))
            {
                yield return difference;
            }
        }
    }

    private static IEnumerable<ItemDifference> Between(string of, PropertyBag before, PropertyBag after)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in before)
        {
            string value = Show(property.Value);
            if (!after.TryGet(property.Key, out PropertyValue other))
            {
                yield return new ItemDifference(of, property.Key, true, value);
            }
            else if (Show(other) is string now && now != value)
            {
                yield return new ItemDifference(of, property.Key, false, value + " is now " + now);
            }
        }
    }

    private static bool IsFile(MapiAttachment attachment) => attachment.Content is not null && attachment.Method == AttachMethod.ByValue;

    /// <summary>A changed occurrence of a series is told in the calendar part.</summary>
    private static bool IsOccurrence(MapiAttachment attachment, MapiItem item) =>
        item.IsOfClass("IPM.Appointment") && attachment.Properties.GetInt32(PropertyTags.AttachmentFlags) == 2;

    private static bool IsItem(MapiAttachment attachment) => attachment.HasEmbeddedItem;
}
