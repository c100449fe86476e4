namespace PstMigration.Sandbox;

/// <summary>
/// What the service makes of a message that is created: which of the given values it keeps, which it computes. Everything uncertain
/// is a switch of <see cref="SandboxBehaviour"/>.
/// </summary>
internal static class MessageCreation
{
    /// <summary>Flags of a message nobody gave flags: a draft, read.</summary>
    private const int DraftFlags = MailItem.UnsentFlag | MailItem.ReadFlag;

    /// <summary>Completes a message whose given values are in its properties.</summary>
    /// <param name="store">The mailbox.</param>
    /// <param name="options">Behaviour and limits.</param>
    /// <param name="item">The message; its folder is set.</param>
    /// <param name="isRead">What the request said, if it did.</param>
    public static void Complete(MailboxStore store, SandboxOptions options, MailItem item, bool? isRead)
    {
        SandboxBehaviour behaviour = options.Behaviour;
        long now = store.Now;
        PropertyMap properties = item.Properties;
        CheckSubject(item, options);
        SetFlags(item, behaviour, isRead);
        SetTimes(item, behaviour, now);
        item.VisibleFrom = now + (behaviour.DelaysVisibilityInFilters ? options.VisibilityDelay.Ticks : 0);
        SetAuthors(item, store, behaviour);
        if (!behaviour.HonoursTransportHeaders)
        {
            properties.Forget(Tags.TransportHeaders);
        }

        AddCustomHeaders(item);
        if (!behaviour.HonoursLastVerb)
        {
            properties.Forget(Tags.IconIndex);
            properties.Forget(Tags.LastVerb);
            properties.Forget(Tags.LastVerbTime);
        }

        if (!behaviour.HonoursMessageClass || !properties.Contains(Tags.MessageClass))
        {
            properties.Set(Tags.MessageClass, "IPM.Note");
        }

        if (!behaviour.HonoursInternetMessageId || !properties.Contains(Tags.InternetMessageId))
        {
            properties.Set(Tags.InternetMessageId, "<" + Guid.NewGuid().ToString("N") + "@sandbox.invalid>");
        }

        string subject = properties.GetString(Tags.Subject) ?? "";
        if (!behaviour.HonoursConversation || !properties.Contains(Tags.ConversationIndex))
        {
            properties.Set(Tags.ConversationIndex, Conversation.NewIndex(now));
        }

        if (!behaviour.HonoursConversation || !properties.Contains(Tags.ConversationTopic))
        {
            properties.Set(Tags.ConversationTopic, Conversation.Topic(subject));
        }

        NormaliseBody(item, behaviour);
    }

    /// <summary>Applies the rule for HTML.</summary>
    public static void NormaliseBody(MailItem item, SandboxBehaviour behaviour)
    {
        if (MessageBody.Html(item) is string html)
        {
            MessageBody.Set(item, behaviour.NormalisesHtml ? HtmlNormaliser.Normalise(html) : html, html: true);
        }
        else if (!item.Properties.Contains(Tags.NativeBody))
        {
            MessageBody.Set(item, item.Properties.GetString(Tags.Body) ?? "", html: false);
        }
    }

    /// <summary>Header lines given apart go after the transport headers.</summary>
    public static void AddCustomHeaders(MailItem item)
    {
        if (item.CustomHeaders is string custom)
        {
            string headers = item.Properties.GetString(Tags.TransportHeaders)?.TrimEnd() ?? "";
            item.Properties.Set(Tags.TransportHeaders, (headers.Length == 0 ? "" : headers + "\r\n") + custom);
        }
    }

    /// <summary>Refuses a subject that is too long.</summary>
    public static void CheckSubject(MailItem item, SandboxOptions options)
    {
        if (item.Properties.GetString(Tags.Subject)?.Length > options.Limits.SubjectLength)
        {
            throw GraphException.Property($"The subject is longer than {options.Limits.SubjectLength} characters.");
        }
    }

    private static void SetFlags(MailItem item, SandboxBehaviour behaviour, bool? isRead)
    {
        long? given = behaviour.HonoursFlagsAtCreate ? item.Properties.GetNumber(Tags.MessageFlags) : null;
        item.Properties.Forget(Tags.MessageFlags);
        if (given == 0 && !behaviour.HonoursZeroFlags)
        {
            given = null;
        }

        const int Kept = MailItem.ReadFlag | 0x2 | 0x4 | MailItem.UnsentFlag | MailItem.FromMeFlag;
        item.Flags = given is long flags ? (int)flags & Kept : DraftFlags;
        if (isRead is bool read && (given is null || behaviour.IsReadWinsOverFlags))
        {
            item.IsRead = read;
        }
    }

    private static void SetTimes(MailItem item, SandboxBehaviour behaviour, long now)
    {
        PropertyMap properties = item.Properties;
        long? received = properties.GetNumber(Tags.ReceivedTime);
        long? sent = properties.GetNumber(Tags.SentTime);
        long? created = properties.GetNumber(Tags.CreationTime);
        properties.Forget(Tags.ReceivedTime);
        properties.Forget(Tags.CreationTime);
        properties.Forget(Tags.ModificationTime);
        properties.Forget(Tags.HasAttachments);
        properties.Set(Tags.SentTime, behaviour.HonoursTimesAtCreate && sent is not null ? sent : now);
        item.Received = behaviour.HonoursTimesAtCreate && received is not null ? received : now;
        item.Created = behaviour.HonoursCreationTime && created is not null ? created.Value : now;

        // PidTagLastModificationTime is always the service's.
        item.Modified = now;
    }

    private static void SetAuthors(MailItem item, MailboxStore store, SandboxBehaviour behaviour)
    {
        PropertyMap properties = item.Properties;
        Person owner = new(store.Address, store.Address);
        if (!behaviour.HonoursSenderAtCreate)
        {
            PeopleJson.SetAuthor(item, PeopleJson.From, owner);
            PeopleJson.SetAuthor(item, PeopleJson.Sender, owner);
        }
        else if (!Array.Exists(PeopleJson.Sender, properties.Contains))
        {
            Copy(PeopleJson.From, PeopleJson.Sender);
        }
        else if (!Array.Exists(PeopleJson.From, properties.Contains))
        {
            Copy(PeopleJson.Sender, PeopleJson.From);
        }

        if (behaviour.ComputesFromMe && !item.IsDraft)
        {
            string? sender = properties.GetString(Tags.SenderSmtp) ?? properties.GetString(Tags.SenderAddress);
            bool mine = string.Equals(sender, store.Address, StringComparison.OrdinalIgnoreCase);
            item.Flags = mine ? item.Flags | MailItem.FromMeFlag : item.Flags & ~MailItem.FromMeFlag;
        }

        void Copy(ExtendedPropertyId[] from, ExtendedPropertyId[] to)
        {
            for (int i = 0; i < from.Length; i++)
            {
                if (properties.GetString(from[i]) is string value)
                {
                    properties.Set(to[i], value);
                }
            }
        }
    }
}
