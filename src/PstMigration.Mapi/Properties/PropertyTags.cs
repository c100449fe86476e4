namespace PstMigration.Mapi;

/// <summary>Property tags the code itself needs ([MS-OXPROPS]); every other name is in the embedded catalog.</summary>
public static class PropertyTags
{
    /// <summary>When the item stops mattering.</summary>
    public static readonly PropertyTag ExpiryTime = new(0x0015, PropertyType.Time);

    /// <summary>0 low, 1 normal, 2 high.</summary>
    public static readonly PropertyTag Importance = new(0x0017, PropertyType.Integer32);

    /// <summary>The item's class, such as IPM.Note.</summary>
    public static readonly PropertyTag MessageClass = new(0x001A, PropertyType.String);

    /// <summary>The sender asked for a delivery receipt.</summary>
    public static readonly PropertyTag DeliveryReportRequested = new(0x0023, PropertyType.Boolean);

    /// <summary>-1, 0 or 1.</summary>
    public static readonly PropertyTag Priority = new(0x0026, PropertyType.Integer32);

    /// <summary>The sender asked for a read receipt.</summary>
    public static readonly PropertyTag ReadReceiptRequested = new(0x0029, PropertyType.Boolean);

    /// <summary>When an answer is wanted.</summary>
    public static readonly PropertyTag ReplyTime = new(0x0030, PropertyType.Time);

    /// <summary>0 normal, 1 personal, 2 private, 3 confidential.</summary>
    public static readonly PropertyTag Sensitivity = new(0x0036, PropertyType.Integer32);

    /// <summary>The subject, prefix included.</summary>
    public static readonly PropertyTag Subject = new(0x0037, PropertyType.String);

    /// <summary>When it was sent.</summary>
    public static readonly PropertyTag ClientSubmitTime = new(0x0039, PropertyType.Time);

    /// <summary>Search key of the author.</summary>
    public static readonly PropertyTag SentRepresentingSearchKey = new(0x003B, PropertyType.Binary);

    /// <summary>Such as "Re: ".</summary>
    public static readonly PropertyTag SubjectPrefix = new(0x003D, PropertyType.String);

    /// <summary>Entry id of the author.</summary>
    public static readonly PropertyTag SentRepresentingEntryId = new(0x0041, PropertyType.Binary);

    /// <summary>Display name of the author.</summary>
    public static readonly PropertyTag SentRepresentingName = new(0x0042, PropertyType.String);

    /// <summary>Reply-To, a list of one-off entry ids.</summary>
    public static readonly PropertyTag ReplyRecipientEntries = new(0x004F, PropertyType.Binary);

    /// <summary>Reply-To, names.</summary>
    public static readonly PropertyTag ReplyRecipientNames = new(0x0050, PropertyType.String);

    /// <summary>Address type of the author.</summary>
    public static readonly PropertyTag SentRepresentingAddressType = new(0x0064, PropertyType.String);

    /// <summary>Address of the author.</summary>
    public static readonly PropertyTag SentRepresentingEmailAddress = new(0x0065, PropertyType.String);

    /// <summary>The subject without prefix.</summary>
    public static readonly PropertyTag ConversationTopic = new(0x0070, PropertyType.String);

    /// <summary>Place in the thread.</summary>
    public static readonly PropertyTag ConversationIndex = new(0x0071, PropertyType.Binary);

    /// <summary>The header block as received.</summary>
    public static readonly PropertyTag TransportMessageHeaders = new(0x007D, PropertyType.String);

    /// <summary>1 To, 2 Cc, 3 Bcc.</summary>
    public static readonly PropertyTag RecipientType = new(0x0C15, PropertyType.Integer32);

    /// <summary>Entry id of the sender.</summary>
    public static readonly PropertyTag SenderEntryId = new(0x0C19, PropertyType.Binary);

    /// <summary>Display name of the sender.</summary>
    public static readonly PropertyTag SenderName = new(0x0C1A, PropertyType.String);

    /// <summary>Search key of the sender.</summary>
    public static readonly PropertyTag SenderSearchKey = new(0x0C1D, PropertyType.Binary);

    /// <summary>Address type of the sender.</summary>
    public static readonly PropertyTag SenderAddressType = new(0x0C1E, PropertyType.String);

    /// <summary>Address of the sender.</summary>
    public static readonly PropertyTag SenderEmailAddress = new(0x0C1F, PropertyType.String);

    /// <summary>Bcc names.</summary>
    public static readonly PropertyTag DisplayBcc = new(0x0E02, PropertyType.String);

    /// <summary>Cc names.</summary>
    public static readonly PropertyTag DisplayCc = new(0x0E03, PropertyType.String);

    /// <summary>To names.</summary>
    public static readonly PropertyTag DisplayTo = new(0x0E04, PropertyType.String);

    /// <summary>When it was received.</summary>
    public static readonly PropertyTag MessageDeliveryTime = new(0x0E06, PropertyType.Time);

    /// <summary>See MessageFlags.</summary>
    public static readonly PropertyTag MessageFlags = new(0x0E07, PropertyType.Integer32);

    /// <summary>Bytes.</summary>
    public static readonly PropertyTag MessageSize = new(0x0E08, PropertyType.Integer32);

    /// <summary>Of a recipient.</summary>
    public static readonly PropertyTag Responsibility = new(0x0E0F, PropertyType.Boolean);

    /// <summary>Row status.</summary>
    public static readonly PropertyTag MessageStatus = new(0x0E17, PropertyType.Integer32);

    /// <summary>Whether there are attachments.</summary>
    public static readonly PropertyTag HasAttachments = new(0x0E1B, PropertyType.Boolean);

    /// <summary>The subject without prefix.</summary>
    public static readonly PropertyTag NormalizedSubject = new(0x0E1D, PropertyType.String);

    /// <summary>Whether the RTF is current.</summary>
    public static readonly PropertyTag RtfInSync = new(0x0E1F, PropertyType.Boolean);

    /// <summary>Bytes of an attachment.</summary>
    public static readonly PropertyTag AttachSize = new(0x0E20, PropertyType.Integer32);

    /// <summary>Index of an attachment.</summary>
    public static readonly PropertyTag AttachNumber = new(0x0E21, PropertyType.Integer32);

    /// <summary>Identity of the object in its store.</summary>
    public static readonly PropertyTag RecordKey = new(0x0FF9, PropertyType.Binary);

    /// <summary>6 mail user, 8 distribution list.</summary>
    public static readonly PropertyTag ObjectType = new(0x0FFE, PropertyType.Integer32);

    /// <summary>Entry id.</summary>
    public static readonly PropertyTag EntryId = new(0x0FFF, PropertyType.Binary);

    /// <summary>The plain text.</summary>
    public static readonly PropertyTag Body = new(0x1000, PropertyType.String);

    /// <summary>The compressed RTF.</summary>
    public static readonly PropertyTag RtfCompressed = new(0x1009, PropertyType.Binary);

    /// <summary>The HTML, bytes in InternetCodepage.</summary>
    public static readonly PropertyTag BodyHtml = new(0x1013, PropertyType.Binary);

    /// <summary>1 text, 2 RTF, 3 HTML.</summary>
    public static readonly PropertyTag NativeBody = new(0x1016, PropertyType.Integer32);

    /// <summary>Message-ID.</summary>
    public static readonly PropertyTag InternetMessageId = new(0x1035, PropertyType.String);

    /// <summary>References.</summary>
    public static readonly PropertyTag InternetReferences = new(0x1039, PropertyType.String);

    /// <summary>In-Reply-To.</summary>
    public static readonly PropertyTag InReplyToId = new(0x1042, PropertyType.String);

    /// <summary>List-Help.</summary>
    public static readonly PropertyTag ListHelp = new(0x1043, PropertyType.String);

    /// <summary>List-Subscribe.</summary>
    public static readonly PropertyTag ListSubscribe = new(0x1044, PropertyType.String);

    /// <summary>List-Unsubscribe.</summary>
    public static readonly PropertyTag ListUnsubscribe = new(0x1045, PropertyType.String);

    /// <summary>Icon.</summary>
    public static readonly PropertyTag IconIndex = new(0x1080, PropertyType.Integer32);

    /// <summary>102 replied, 103 replied to all, 104 forwarded.</summary>
    public static readonly PropertyTag LastVerbExecuted = new(0x1081, PropertyType.Integer32);

    /// <summary>When.</summary>
    public static readonly PropertyTag LastVerbExecutionTime = new(0x1082, PropertyType.Time);

    /// <summary>0 none, 1 complete, 2 flagged.</summary>
    public static readonly PropertyTag FlagStatus = new(0x1090, PropertyType.Integer32);

    /// <summary>When completed.</summary>
    public static readonly PropertyTag FlagCompleteTime = new(0x1091, PropertyType.Time);

    /// <summary>Flag colour.</summary>
    public static readonly PropertyTag FollowupIcon = new(0x1095, PropertyType.Integer32);

    /// <summary>Display name.</summary>
    public static readonly PropertyTag DisplayName = new(0x3001, PropertyType.String);

    /// <summary>Address type such as SMTP or EX.</summary>
    public static readonly PropertyTag AddressType = new(0x3002, PropertyType.String);

    /// <summary>Address in the form of its type.</summary>
    public static readonly PropertyTag EmailAddress = new(0x3003, PropertyType.String);

    /// <summary>Comment.</summary>
    public static readonly PropertyTag Comment = new(0x3004, PropertyType.String);

    /// <summary>When it was created.</summary>
    public static readonly PropertyTag CreationTime = new(0x3007, PropertyType.Time);

    /// <summary>When it was changed.</summary>
    public static readonly PropertyTag LastModificationTime = new(0x3008, PropertyType.Time);

    /// <summary>Search key.</summary>
    public static readonly PropertyTag SearchKey = new(0x300B, PropertyType.Binary);

    /// <summary>Thread id.</summary>
    public static readonly PropertyTag ConversationId = new(0x3013, PropertyType.Binary);

    /// <summary>Which of these are set.</summary>
    public static readonly PropertyTag ValidFolderMask = new(0x35DF, PropertyType.Integer32);

    /// <summary>Of a store: the root of what people see.</summary>
    public static readonly PropertyTag IpmSubtreeEntryId = new(0x35E0, PropertyType.Binary);

    /// <summary>Of a store: Outbox.</summary>
    public static readonly PropertyTag IpmOutboxEntryId = new(0x35E2, PropertyType.Binary);

    /// <summary>Of a store: Deleted Items.</summary>
    public static readonly PropertyTag IpmWastebasketEntryId = new(0x35E3, PropertyType.Binary);

    /// <summary>Of a store: Sent Items.</summary>
    public static readonly PropertyTag IpmSentMailEntryId = new(0x35E4, PropertyType.Binary);

    /// <summary>Of a store: Search Root.</summary>
    public static readonly PropertyTag FinderEntryId = new(0x35E7, PropertyType.Binary);

    /// <summary>Items in a folder.</summary>
    public static readonly PropertyTag ContentCount = new(0x3602, PropertyType.Integer32);

    /// <summary>Unread items in a folder.</summary>
    public static readonly PropertyTag ContentUnreadCount = new(0x3603, PropertyType.Integer32);

    /// <summary>Whether a folder has subfolders.</summary>
    public static readonly PropertyTag Subfolders = new(0x360A, PropertyType.Boolean);

    /// <summary>Of a folder, such as IPF.Contact.</summary>
    public static readonly PropertyTag ContainerClass = new(0x3613, PropertyType.String);

    /// <summary>The bytes of an attachment.</summary>
    public static readonly PropertyTag AttachDataBinary = new(0x3701, PropertyType.Binary);

    /// <summary>The embedded item or compound file.</summary>
    public static readonly PropertyTag AttachDataObject = new(0x3701, PropertyType.Object);

    /// <summary>Such as .pdf.</summary>
    public static readonly PropertyTag AttachExtension = new(0x3703, PropertyType.String);

    /// <summary>The 8.3 name.</summary>
    public static readonly PropertyTag AttachFilename = new(0x3704, PropertyType.String);

    /// <summary>See AttachMethod.</summary>
    public static readonly PropertyTag AttachMethod = new(0x3705, PropertyType.Integer32);

    /// <summary>The name.</summary>
    public static readonly PropertyTag AttachLongFilename = new(0x3707, PropertyType.String);

    /// <summary>Path of an attachment by reference.</summary>
    public static readonly PropertyTag AttachPathname = new(0x3708, PropertyType.String);

    /// <summary>Character position in the body, -1 none.</summary>
    public static readonly PropertyTag RenderingPosition = new(0x370B, PropertyType.Integer32);

    /// <summary>Path or URL of an attachment by reference.</summary>
    public static readonly PropertyTag AttachLongPathname = new(0x370D, PropertyType.String);

    /// <summary>MIME type.</summary>
    public static readonly PropertyTag AttachMimeTag = new(0x370E, PropertyType.String);

    /// <summary>Content-ID without angle brackets.</summary>
    public static readonly PropertyTag AttachContentId = new(0x3712, PropertyType.String);

    /// <summary>Content-Location.</summary>
    public static readonly PropertyTag AttachContentLocation = new(0x3713, PropertyType.String);

    /// <summary>4: shown inside the HTML body.</summary>
    public static readonly PropertyTag AttachFlags = new(0x3714, PropertyType.Integer32);

    /// <summary>Of a recipient.</summary>
    public static readonly PropertyTag DisplayType = new(0x3900, PropertyType.Integer32);

    /// <summary>SMTP address.</summary>
    public static readonly PropertyTag SmtpAddress = new(0x39FE, PropertyType.String);

    /// <summary>Jr, III ...</summary>
    public static readonly PropertyTag Generation = new(0x3A05, PropertyType.String);

    /// <summary>Given name.</summary>
    public static readonly PropertyTag GivenName = new(0x3A06, PropertyType.String);

    /// <summary>Work telephone.</summary>
    public static readonly PropertyTag BusinessTelephone = new(0x3A08, PropertyType.String);

    /// <summary>Home telephone.</summary>
    public static readonly PropertyTag HomeTelephone = new(0x3A09, PropertyType.String);

    /// <summary>Initials.</summary>
    public static readonly PropertyTag Initials = new(0x3A0A, PropertyType.String);

    /// <summary>Surname.</summary>
    public static readonly PropertyTag Surname = new(0x3A11, PropertyType.String);

    /// <summary>Company.</summary>
    public static readonly PropertyTag CompanyName = new(0x3A16, PropertyType.String);

    /// <summary>Job title.</summary>
    public static readonly PropertyTag Title = new(0x3A17, PropertyType.String);

    /// <summary>Department.</summary>
    public static readonly PropertyTag DepartmentName = new(0x3A18, PropertyType.String);

    /// <summary>Mobile telephone.</summary>
    public static readonly PropertyTag MobileTelephone = new(0x3A1C, PropertyType.String);

    /// <summary>Birthday.</summary>
    public static readonly PropertyTag Birthday = new(0x3A42, PropertyType.Time);

    /// <summary>Middle name.</summary>
    public static readonly PropertyTag MiddleName = new(0x3A44, PropertyType.String);

    /// <summary>Mr, Dr ...</summary>
    public static readonly PropertyTag DisplayNamePrefix = new(0x3A45, PropertyType.String);

    /// <summary>Code page of the HTML bytes.</summary>
    public static readonly PropertyTag InternetCodepage = new(0x3FDE, PropertyType.Integer32);

    /// <summary>LCID.</summary>
    public static readonly PropertyTag MessageLocaleId = new(0x3FF1, PropertyType.Integer32);

    /// <summary>Code page of String8 values.</summary>
    public static readonly PropertyTag MessageCodepage = new(0x3FFD, PropertyType.Integer32);

    /// <summary>SMTP address of the sender.</summary>
    public static readonly PropertyTag SenderSmtpAddress = new(0x5D01, PropertyType.String);

    /// <summary>SMTP address of the author.</summary>
    public static readonly PropertyTag SentRepresentingSmtpAddress = new(0x5D02, PropertyType.String);

    /// <summary>Name of a recipient.</summary>
    public static readonly PropertyTag RecipientDisplayName = new(0x5FF6, PropertyType.String);

    /// <summary>Meeting flags of a recipient.</summary>
    public static readonly PropertyTag RecipientFlags = new(0x5FFD, PropertyType.Integer32);

    /// <summary>CRC of a store's password; 0 none.</summary>
    public static readonly PropertyTag PstPassword = new(0x67FF, PropertyType.Integer32);

    /// <summary>2: exception of a recurrence.</summary>
    public static readonly PropertyTag AttachmentFlags = new(0x7FFD, PropertyType.Integer32);

    /// <summary>Not shown to people.</summary>
    public static readonly PropertyTag AttachmentHidden = new(0x7FFE, PropertyType.Boolean);

    /// <summary>A contact's picture.</summary>
    public static readonly PropertyTag AttachmentContactPhoto = new(0x7FFF, PropertyType.Boolean);
}
