# Credentials, endpoints and "disable instance discovery" come from ARM_ variables, which azapi 1.x and 2.x share.
terraform {
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = ">= 1.15.0"
    }
  }
}

locals {
  world = jsondecode(file("${path.module}/customers.json"))
}

provider "azapi" {}

resource "azapi_resource" "customer" {
  for_each  = local.world.customers
  type      = "Microsoft.AzureStack/registrations/customerSubscriptions@2022-06-01"
  parent_id = local.world.registrationId
  name      = each.value
  body      = { properties = { tenantId = each.key } }
}
