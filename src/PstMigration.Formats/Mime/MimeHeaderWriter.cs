using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Writes the headers of a message ([MS-OXCMAIL]): the block it was received with where there is one, completed and else made
/// from the properties.
/// </summary>
internal sealed class MimeHeaderWriter(MimeExportOptions options, LossList losses, MimeIdentity identity, MimeAddresses addresses)
{
    private static readonly string[] s_receiptHeaders =
        ["Disposition-Notification-To", "Return-Receipt-To", "X-Confirm-Reading-To", "Return-Receipt-Requested", "Read-Receipt-To"];

    /// <summary>The headers of the message.</summary>
    public HeaderList Write(MapiItem item)
    {
        HeaderList headers = [];
        IReadOnlyList<Header>? received = options.ReplayTransportHeaders ? TransportHeaders.Read(item, losses) : null;
        foreach (Header header in SingleHeaders.Of(received ?? [], item.Properties.GetTime(PropertyTags.ClientSubmitTime), losses))
        {
            headers.Add(header);
        }

        WriteParties(item, headers);
        WriteThread(item, headers);
        if (received is null)
        {
            WriteImportance(item.Properties, headers);
            WriteOptional(item, headers);
        }

        if (received is null || options.IncludeState)
        {
            WriteState(item.Properties, headers);
        }

        if (options.IncludeMailboxState)
        {
            WriteAuthor(item.Properties, headers);
        }

        if (options.DisarmReceipts)
        {
            Disarm(headers);
        }

        return headers;
    }

    /// <summary>The headers that belong to the file and not to the message; they tell the losses, so that everything else is made before.</summary>
    public List<Header> Own(MapiItem item)
    {
        List<Header> own = [];
        if (options.Provenance is ItemProvenance provenance)
        {
            bool isReceived = options.IncludeMailboxState && item.Properties.GetTime(PropertyTags.MessageDeliveryTime) is not null;
            foreach ((string field, string value) in OwnHeaders.Of(provenance, options.Place, isReceived ? null : TreeMessage.TimeOf(item), losses.ToList()))
            {
                own.Add(OwnHeaders.Make(field, value));
            }
        }

        if (options.IncludeMailboxState)
        {
            own.AddRange(MailState.Of(item).ToHeaders().Select(h => TextHeader.Make(h.Field, h.Value)));
            if (item.Properties.GetTime(PropertyTags.MessageDeliveryTime) is DateTimeOffset received)
            {
                own.Add(TextHeader.Make(OwnHeaders.Received, OwnHeaders.FormatTime(received)));
            }

            if (!item.MessageClass.Equals("IPM.Note", StringComparison.OrdinalIgnoreCase))
            {
                own.Add(TextHeader.Make(OwnHeaders.MessageClass, MimeAddresses.Clean(item.MessageClass)));
            }
        }

        return own;
    }

    /// <summary>Adds the properties that have no place elsewhere.</summary>
    public void WriteProperties(MapiItem item, HeaderList headers)
    {
        List<PropertyKey> lost = PropertyHeaders.Write(item.Properties, headers);

        // Rows take the place of the lines of addresses when they are read: as many as are read, or none.
        bool hasRoom = item.Recipients.Sum(r => r.Properties.Count + 1) <= HeaderLimit.MostFields / 2;
        if (!hasRoom)
        {
            losses.Add(LossKind.TooLarge, "Recipients");
        }

        foreach (MapiRecipient recipient in hasRoom ? item.Recipients : [])
        {
            headers.Add(OwnHeaders.Recipient, ((int)recipient.Kind).ToString(System.Globalization.CultureInfo.InvariantCulture));
            lost.AddRange(PropertyHeaders.Write(recipient.Properties, headers));
        }

        foreach (PropertyKey key in lost)
        {
            losses.Add(LossKind.Field, key.ToString());
        }
    }

    private void WriteParties(MapiItem item, HeaderList headers)
    {
        ItemParty author = ItemParty.Author(item.Properties);
        ItemParty sender = ItemParty.Sender(item.Properties);
        bool isReplayed = headers.Count > 0;
        if (!headers.Contains(HeaderId.From) && addresses.Of(author) is Mailbox from)
        {
            AddLine(headers, "From", [from]);
            if (!sender.IsEmpty && !IsSame(author, sender, item.Properties) && !isReplayed)
            {
                AddLine(headers, "Sender", [addresses.Of(sender)]);
            }
        }

        if (!headers.Contains(HeaderId.To) && !headers.Contains(HeaderId.Cc))
        {
            WriteRecipients(item, headers, isReplayed);
        }

        if (!isReplayed)
        {
            AddLine(headers, "Reply-To", addresses.OfReplyTo(item.Properties));
        }

        if (!headers.Contains(HeaderId.Subject))
        {
            headers.Add(TextHeader.Make("Subject", CleanSubject(item.Subject)));
        }

        DateTimeOffset? date = item.Properties.GetTime(PropertyTags.ClientSubmitTime)
            ?? item.Properties.GetTime(PropertyTags.MessageDeliveryTime)
            ?? item.Properties.GetTime(PropertyTags.CreationTime);
        if (!headers.Contains(HeaderId.Date) && date is DateTimeOffset time)
        {
            headers.Add(new RawHeader("Date", " " + MimeDates.Format(time) + "\r\n"));
        }
    }

    /// <summary>Outlook often stores one of the two whole and of the other only a name and the key it is found by.</summary>
    private static bool IsSame(ItemParty author, ItemParty sender, PropertyBag p) =>
        string.Equals(author.Smtp ?? author.Address, sender.Smtp ?? sender.Address, StringComparison.OrdinalIgnoreCase)
        || (p.GetBinary(PropertyTags.SentRepresentingSearchKey) is { Length: > 0 } key
            && p.GetBinary(PropertyTags.SenderSearchKey) is byte[] other && key.AsSpan().SequenceEqual(other));

    /// <summary>Keeps the address the line of the author has no form for.</summary>
    private static void WriteAuthor(PropertyBag p, HeaderList headers)
    {
        if (headers.IndexOf(HeaderId.From) is not (>= 0 and int from)
            || Encoding.ASCII.GetString(headers[from].RawValue).IndexOf(MailAddress.Unresolved, StringComparison.OrdinalIgnoreCase) < 0)
        {
            return;
        }

        ItemParty author = ItemParty.Author(p);
        ItemParty sender = ItemParty.Sender(p);
        ItemParty known = author.Address.Length == 0 && IsSame(author, sender, p) ? sender : author;
        if (known.Address.Length > 0)
        {
            AddMissing(headers, OwnHeaders.Author, MimeAddresses.Clean(known.AddressType + ":" + known.Address));
        }
    }

    private void WriteRecipients(MapiItem item, HeaderList headers, bool isReplayed)
    {
        IEnumerable<Mailbox?> Of(RecipientKind kind) => item.Recipients.Where(r => r.Kind == kind).Select(addresses.Of);

        if (item.Recipients.Count == 0)
        {
            AddLine(headers, "To", addresses.OfDisplayNames(item.Properties.GetString(PropertyTags.DisplayTo)));
            AddLine(headers, "Cc", addresses.OfDisplayNames(item.Properties.GetString(PropertyTags.DisplayCc)));
            return;
        }

        AddLine(headers, "To", Of(RecipientKind.To));
        AddLine(headers, "Cc", Of(RecipientKind.Cc));
        if (!options.OmitBcc && !isReplayed)
        {
            AddLine(headers, "Bcc", Of(RecipientKind.Bcc));
        }
    }

    private void WriteThread(MapiItem item, HeaderList headers)
    {
        PropertyBag p = item.Properties;
        string id = CleanId(p.GetString(PropertyTags.InternetMessageId));
        AddMissing(headers, "Message-ID", id.Length > 0 ? id : "<" + identity.MessageId + ">");
        AddMissing(headers, "In-Reply-To", CleanId(p.GetString(PropertyTags.InReplyToId)));
        AddMissing(headers, "References", MimeAddresses.Clean(p.GetString(PropertyTags.InternetReferences) ?? ""));
        AddMissing(headers, "Thread-Topic", MimeAddresses.Clean(p.GetString(PropertyTags.ConversationTopic) ?? ""));
        AddMissing(headers, "Thread-Index", p.GetBinary(PropertyTags.ConversationIndex) is { Length: > 0 } index ? Convert.ToBase64String(index) : "");
    }

    private static void WriteImportance(PropertyBag p, HeaderList headers)
    {
        string? importance = p.GetInt32(PropertyTags.Importance) switch
        {
            0 => "low",
            2 => "high",
            _ => null,
        };
        if (importance is not null)
        {
            headers.Add("Importance", importance);
            headers.Add("X-Priority", importance == "high" ? "1" : "5");
        }

        string? sensitivity = p.GetInt32(PropertyTags.Sensitivity) switch
        {
            1 => "Personal",
            2 => "Private",
            3 => "Company-Confidential",
            _ => null,
        };
        if (sensitivity is not null)
        {
            headers.Add("Sensitivity", sensitivity);
        }
    }

    private static void WriteOptional(MapiItem item, HeaderList headers)
    {
        PropertyBag p = item.Properties;
        if (headers.IndexOf(HeaderId.From) is >= 0 and int from)
        {
            string asker = Encoding.UTF8.GetString(headers[from].RawValue);
            if (p.GetBoolean(PropertyTags.ReadReceiptRequested) == true)
            {
                headers.Add(new RawHeader("Disposition-Notification-To", asker));
            }

            if (p.GetBoolean(PropertyTags.DeliveryReportRequested) == true)
            {
                headers.Add(new RawHeader("Return-Receipt-To", asker));
            }
        }

        AddMissing(headers, "X-Unsent", (item.Flags & MessageFlags.Unsent) != 0 ? "1" : "");
        AddMissing(headers, "Expires", p.GetTime(PropertyTags.ExpiryTime) is DateTimeOffset expiry ? MimeDates.Format(expiry) : "");
        AddMissing(headers, "List-Help", MimeAddresses.Clean(p.GetString(PropertyTags.ListHelp) ?? ""));
        AddMissing(headers, "List-Subscribe", MimeAddresses.Clean(p.GetString(PropertyTags.ListSubscribe) ?? ""));
        AddMissing(headers, "List-Unsubscribe", MimeAddresses.Clean(p.GetString(PropertyTags.ListUnsubscribe) ?? ""));
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in p)
        {
            if (property.Key.Name is { Name: { } name } key && key.Set == PropertySets.InternetHeaders
                && property.Value.AsString() is { Length: > 0 } value && IsToken(name) && !SignedEntity.IsOfBody(name) && !OwnHeaders.IsOwn(name))
            {
                AddMissing(headers, name, MimeAddresses.Clean(value));
            }
        }
    }

    private static void WriteState(PropertyBag p, HeaderList headers)
    {
        if (p.GetStrings(PropertyNames.Keywords) is { Count: > 0 } categories)
        {
            // A stored block tells those of then, and some programs write them as nobody reads them.
            if (headers.Contains(HeaderId.Keywords) && !MailPhrases.Says(headers, HeaderId.Keywords, categories))
            {
                headers.RemoveAll(HeaderId.Keywords);
            }

            MailPhrases.Add(headers, "Keywords", categories);
        }

        if (p.GetString(PropertyNames.FlagRequest) is { Length: > 0 } flag)
        {
            AddMissing(headers, "X-Message-Flag", MimeAddresses.Clean(flag));
            AddMissing(headers, "Reply-By", p.GetTime(PropertyTags.ReplyTime) is DateTimeOffset reply ? MimeDates.Format(reply) : "");
        }
    }

    private void Disarm(HeaderList headers)
    {
        foreach (string name in s_receiptHeaders)
        {
            if (headers.Contains(name))
            {
                headers.RemoveAll(name);
                losses.Add(LossKind.ReceiptDisarmed, name);
            }
        }
    }

    private static void AddMissing(HeaderList headers, string name, string value)
    {
        if (value.Length > 0 && !headers.Contains(name))
        {
            headers.Add(TextHeader.Make(name, value));
        }
    }

    private static void AddLine(HeaderList headers, string field, IEnumerable<Mailbox?> mailboxes)
    {
        List<Mailbox> known = [];
        foreach (Mailbox? mailbox in mailboxes)
        {
            if (mailbox is not null)
            {
                known.Add(mailbox);
            }
        }

        if (known.Count > 0)
        {
            headers.Add(MimeAddresses.Line(field, known));
        }
    }

    /// <summary>Outlook may store a mark and the prefix's length before the subject ([MS-PST] 2.5.3.1.1.1).</summary>
    private static string CleanSubject(string subject) =>
        MimeAddresses.Clean(subject.Length >= 2 && subject[0] == '\u0001' ? subject.Substring(2) : subject);

    private static string CleanId(string? id) =>
        string.IsNullOrEmpty(id) ? "" : string.Concat(id!.Where(c => c is > ' ' and < '\u007F'));

    private static bool IsToken(string name) => name.Length is > 0 and <= 128 && name.All(c => c is > ' ' and < '\u007F' and not ':');
}
