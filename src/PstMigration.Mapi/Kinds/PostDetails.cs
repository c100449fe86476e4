namespace PstMigration.Mapi;

/// <summary>A post in a folder ([MS-OXOPOST]), or an article of a feed ([MS-OXORSS]).</summary>
public sealed record PostDetails : ItemDetails
{
    private static readonly PropertyName s_itemLink = new(PropertySets.PostRss, 0x8901);
    private static readonly PropertyName s_feed = new(PropertySets.PostRss, 0x8904);

    internal PostDetails(MapiItem item)
        : base(item)
    {
        PropertyBag p = item.Properties;
        From = ItemParty.Author(p);
        Posted = p.Date(PropertyTags.ClientSubmitTime) ?? p.Date(PropertyTags.MessageDeliveryTime);
        ConversationTopic = p.Text(PropertyTags.ConversationTopic);
        FeedName = p.Text(s_feed);
        Link = p.Text(s_itemLink);
    }

    /// <summary>The author.</summary>
    public ItemParty From { get; }

    /// <summary>When it was posted.</summary>
    public DateTimeOffset? Posted { get; }

    /// <summary>The subject of the whole conversation.</summary>
    public string ConversationTopic { get; }

    /// <summary>The feed it came from; empty for a post.</summary>
    public string FeedName { get; }

    /// <summary>The address of the article; empty for a post. Text from outside: not to be opened unasked.</summary>
    public string Link { get; }
}
