using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Limits;

/// <summary>How long a transfer takes by the limits, before it is begun.</summary>
public sealed class EffortTests
{
    [Fact]
    public void Many_small_items_wait_for_windows_of_requests()
    {
        MailboxEffort effort = new();
        for (int i = 0; i < 100_000; i++)
        {
            effort.AddUpload(new MapiItem());
        }

        // 9,500 in each of eleven windows: ten of them have to pass. A create takes 0.4 s at most as a rule, four at a time.
        (TimeSpan least, TimeSpan most) = effort.Estimate(new MailboxLimits());
        Assert.Equal((100_000L, TimeSpan.FromMinutes(100), TimeSpan.FromSeconds(10_000)), (effort.Requests, least, most));
    }

    [Fact]
    public void Large_attachments_go_in_pieces_and_wait_for_windows_of_bytes()
    {
        MailboxEffort effort = new();
        for (int i = 0; i < 70; i++)
        {
            effort.AddUpload(WithAttachment(20_000_000));
        }

        effort.AddContent(70 * 20_010_000L);

        // A create, a session and six pieces each; 1.4 GB and what is beside it need eleven windows of 140 MB.
        Assert.Equal(70 * 8L, effort.Requests);
        Assert.Equal(TimeSpan.FromMinutes(50), effort.Estimate(new MailboxLimits()).Least);
    }

    [Fact]
    public void What_fits_into_the_create_costs_a_third_more_bytes_and_no_request()
    {
        MailboxEffort effort = new();
        for (int i = 0; i < 1_000; i++)
        {
            effort.AddUpload(WithAttachment(1_000_000));
        }

        // 1.34 GB in ten windows; without the third it would be eight.
        Assert.Equal(1_000L, effort.Requests);
        Assert.Equal(TimeSpan.FromMinutes(45), effort.Estimate(new MailboxLimits()).Least);
    }

    [Fact]
    public void Reading_is_a_request_for_each_item_and_its_attachments()
    {
        MailboxEffort effort = new();
        effort.AddFolders(10);
        effort.AddDownload(10_000, 500);

        Assert.Equal(20 + 21 + 10_000 + 1_000L, effort.Requests);
        Assert.Equal(TimeSpan.FromMinutes(10), effort.Estimate(new MailboxLimits()).Least);
    }

    private static MapiItem WithAttachment(int length)
    {
        PropertyBag properties = new();
        properties.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        properties.Set(PropertyTags.AttachDataBinary, new byte[length]);
        MapiItem item = new();
        item.Attachments.Add(new MapiAttachment(properties));
        return item;
    }
}
