using System.Text;
using MimeKit;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

public sealed class ReportTests
{
    [Theory]
    [InlineData("REPORT.IPM.Note.NDR", "failed", "5.1.1")]
    [InlineData("REPORT.IPM.Note.DR", "delivered", "5.1.1")]
    [InlineData("REPORT.IPM.Note.Delayed.DR", "delayed", "5.1.1")]
    public void Reports_of_delivery_come_back(string messageClass, string action, string status)
    {
        MapiItem item = Mail.Item("Undeliverable", "It did not arrive.", null, Mail.Embedded(Mail.Item("the mail")));
        item.Properties.Set(PropertyTags.MessageClass, messageClass);
        item.Properties.Set(ReportNames.ReportingMta, "mx.example.jp");
        item.Recipients[0].Properties.Set(ReportNames.StatusCode, 511);
        item.Recipients[0].Properties.Set(ReportNames.SupplementaryInfo, "550 no such user\r\n外");
        item.Recipients[0].Properties.Set(ReportNames.RemoteMta, "mx2.example.jp");

        byte[] bytes = Mail.Bytes(item);
        MapiItem back = MimeImport.Read(bytes);

        MultipartReport report = Assert.IsType<MultipartReport>(Mail.Parse(bytes).Body);
        Assert.Equal("delivery-status", report.ReportType);
        HeaderList group = report.OfType<MessageDeliveryStatus>().Single().StatusGroups[1];
        Assert.Equal(action, group["Action"]);
        Assert.Equal(status, group["Status"]);
        Assert.Equal(messageClass, back.MessageClass);
        Assert.Equal("mx.example.jp", back.Properties.GetString(ReportNames.ReportingMta));
        MapiRecipient recipient = back.Recipients[0];
        Assert.Equal("hanako@example.jp", recipient.SmtpAddress);
        Assert.Equal(511, recipient.Properties.GetInt32(ReportNames.StatusCode));
        Assert.Equal("mx2.example.jp", recipient.Properties.GetString(ReportNames.RemoteMta));
        Assert.StartsWith("550 no such user", recipient.Properties.GetString(ReportNames.SupplementaryInfo), StringComparison.Ordinal);
        Assert.Contains(back.Attachments, a => a.HasEmbeddedItem);
        Assert.StartsWith("It did not arrive.", back.Properties.GetString(PropertyTags.Body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("REPORT.IPM.Note.IPNRN", "displayed")]
    [InlineData("REPORT.IPM.Note.IPNNRN", "deleted")]
    public void Reports_of_reading_come_back(string messageClass, string disposition)
    {
        MapiItem item = Mail.Item("Read: x");
        item.Properties.Set(PropertyTags.MessageClass, messageClass);
        item.Properties.Set(ReportNames.OriginalMessageId, "<orig@example.jp>");
        item.Properties.Set(ReportNames.ParentKey, [1, 2, 3]);

        byte[] bytes = Mail.Bytes(item);
        MapiItem back = MimeImport.Read(bytes);

        MultipartReport report = Assert.IsType<MultipartReport>(Mail.Parse(bytes).Body);
        HeaderList fields = report.OfType<MessageDispositionNotification>().Single().Fields;
        Assert.Contains(disposition, fields["Disposition"], StringComparison.Ordinal);
        Assert.Equal("rfc822; taro@example.jp", fields["Final-Recipient"]);
        Assert.Equal(messageClass, back.MessageClass);
        Assert.Equal("<orig@example.jp>", back.Properties.GetString(ReportNames.OriginalMessageId));
        Assert.Equal([1, 2, 3], back.Properties.GetBinary(ReportNames.ParentKey));
    }

    /// <summary>[MS-OXCMAIL] 2.2.3.7.1: the worst that happened is what the report is about, and those are listed whom it happened to.</summary>
    [Theory]
    [InlineData("delayed", "failed", "REPORT.IPM.Note.NDR", "b@y.example")]
    [InlineData("Failed", "delivered", "REPORT.IPM.Note.NDR", "a@y.example")]
    [InlineData("relayed", "expanded", "REPORT.IPM.Note.Relayed.DR", "a@y.example")]
    [InlineData("failed", "failed", "REPORT.IPM.Note.NDR", "a@y.example b@y.example")]
    [InlineData("lost", "", "REPORT.IPM.Note.NDR", "a@y.example b@y.example")]
    public void A_report_on_many_is_about_the_worst(string first, string second, string messageClass, string recipients)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(
            "From: MAILER-DAEMON@a.example\r\nTo: taro@example.jp\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a.example\r\n\r\n"
            + $"Final-Recipient: rfc822; a@y.example\r\nAction: {first}\r\n\r\nFinal-Recipient: rfc822; b@y.example\r\nAction: {second}\r\n\r\n--b--\r\n");

        MapiItem item = MimeImport.Read(bytes);

        Assert.Equal((messageClass, recipients), (item.MessageClass, string.Join(" ", item.Recipients.Select(r => r.SmtpAddress))));
    }

    [Fact]
    public void A_report_from_elsewhere_goes_out_as_it_came_in()
    {
        string status = "Reporting-MTA: dns; a.example\r\nX-Own: kept\r\n\r\nFinal-Recipient: rfc822; x@y.z\r\nAction: failed\r\nStatus: 4.4.7\r\nLast-Attempt-Date: Sun, 1 Mar 2026 09:30:00 +0000\r\n";
        byte[] bytes = Encoding.ASCII.GetBytes(
            "From: MAILER-DAEMON@a.example\r\nTo: taro@example.jp\r\nSubject: failed\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" + status + "\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: was\r\n\r\n--b--\r\n");

        MapiItem item = MimeImport.Read(bytes);
        MultipartReport report = Assert.IsType<MultipartReport>(Mail.Write(item).Body);

        Assert.Equal(447, item.Recipients.Single().Properties.GetInt32(ReportNames.StatusCode));
        Assert.Equal("kept", report.OfType<MessageDeliveryStatus>().Single().StatusGroups[0]["X-Own"]);
        Assert.Equal("Sun, 1 Mar 2026 09:30:00 +0000", report.OfType<MessageDeliveryStatus>().Single().StatusGroups[1]["Last-Attempt-Date"]);
    }
}
